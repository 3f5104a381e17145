// Made by "npm run build" from src/post.ts. NOTICES.txt holds the licences of the packages in it.
"use strict";

// src/github/runner.ts
var import_core = require("./toolkit.cjs");

// src/contract.ts
var version = "0.1.0";
var operations = [
  "create-backup",
  "restore-cluster",
  "restore-collections",
  "wait",
  "list-backups",
  "describe-backup",
  "delete-backup",
  "prune-backups",
  "export-backup",
  "delete-cluster"
];
var restores = ["restore-cluster", "restore-collections"];
var startsJobs = ["create-backup", "restore-cluster", "restore-collections", "export-backup"];
var looksLong = [
  "create-backup",
  "restore-cluster",
  "restore-collections",
  "export-backup",
  "wait",
  "delete-cluster"
];
var changesSomething = [
  "create-backup",
  "restore-cluster",
  "restore-collections",
  "delete-backup",
  "prune-backups",
  "export-backup",
  "delete-cluster"
];
var takesLatest = ["restore-cluster", "restore-collections", "describe-backup", "export-backup"];
var takesTarget = ["restore-cluster", "restore-collections", "delete-cluster", "wait"];
var inputs = {
  operation: {
    operations: "all",
    words: operations
  },
  "api-key": {
    operations: "all",
    secret: true
  },
  "base-url": {
    operations: "all",
    default: "https://api.cloud.zilliz.com"
  },
  "cluster-id": {
    operations: [
      "create-backup",
      "restore-cluster",
      "restore-collections",
      "export-backup",
      "describe-backup",
      "delete-backup",
      "prune-backups",
      "list-backups",
      "wait"
    ]
  },
  "backup-id": {
    operations: [
      "restore-cluster",
      "restore-collections",
      "describe-backup",
      "export-backup",
      "delete-backup",
      "wait"
    ]
  },
  "max-age": {
    operations: takesLatest
  },
  collections: {
    operations: ["create-backup", "restore-collections"]
  },
  "target-cluster": {
    operations: takesTarget
  },
  "target-project-id": {
    operations: takesTarget
  },
  "cu-size": {
    operations: ["restore-cluster"]
  },
  "collection-status": {
    operations: restores,
    words: ["KEEP", "RELEASE", "LOADED", "UNLOADED"]
  },
  "restore-version-policy": {
    operations: ["restore-cluster"],
    words: ["LATEST", "ORIGINAL"]
  },
  "cross-region-copies": {
    operations: ["create-backup"]
  },
  "integration-id": {
    operations: ["export-backup"]
  },
  directory: {
    operations: ["export-backup"]
  },
  "job-id": {
    operations: ["wait"]
  },
  wait: {
    operations: startsJobs,
    default: "true"
  },
  timeout: {
    operations: "all",
    default: "2h"
  },
  "poll-interval": {
    operations: looksLong,
    default: "15s"
  },
  "if-busy": {
    operations: ["create-backup", "restore-collections"],
    default: "wait",
    words: ["wait", "fail"]
  },
  "if-exists": {
    operations: ["restore-cluster"],
    default: "fail",
    words: ["fail", "reuse", "replace"]
  },
  "skip-if-newer-than": {
    operations: ["create-backup"]
  },
  "safety-backup": {
    operations: ["restore-collections"],
    default: "false"
  },
  "protected-clusters": {
    operations: ["restore-cluster", "restore-collections", "delete-cluster"]
  },
  "delete-after-job": {
    operations: ["restore-cluster"],
    default: "false"
  },
  "backup-type": {
    operations: ["list-backups", "prune-backups", "describe-backup"],
    words: ["CLUSTER", "COLLECTION"]
  },
  "keep-last": {
    operations: ["prune-backups"]
  },
  "older-than": {
    operations: ["prune-backups"]
  },
  "dry-run": {
    operations: changesSomething,
    default: "false"
  },
  "comment-on-pr": {
    operations: "all",
    default: "false"
  },
  "github-token": {
    operations: "all",
    default: "${{ github.token }}",
    secret: true
  }
};
var secretOutputs = ["password"];
function covers(operations2, operation) {
  return operations2 === "all" || (operations2?.includes(operation) ?? false);
}

// src/secrets.ts
var shortestSecret = 6;
var forms = /* @__PURE__ */ new Set();
function rememberSecret(secret) {
  const before = forms.size;
  for (const form of secretForms(secret)) forms.add(form);
  return forms.size > before;
}
function redact(text2) {
  let clean = text2;
  for (const form of [...forms].sort((one, other) => other.length - one.length)) {
    clean = clean.replaceAll(form, "***");
  }
  return clean;
}
function secretForms(secret) {
  const parts = [secret, ...secretLines(secret)].filter((part) => part.trim().length >= shortestSecret);
  const all = parts.flatMap((part) => [
    part,
    JSON.stringify(part).slice(1, -1),
    encodeURIComponent(part.toWellFormed()),
    Buffer.from(part).toString("base64"),
    Buffer.from(part).toString("base64url")
  ]);
  return [...new Set(all)];
}
function secretLines(secret) {
  return secret.split(/[\r\n]+/);
}

// src/github/text.ts
function printable(text2) {
  return text2.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map((line) => line.replace(ansi, "").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")).map((line) => line.replaceAll("##[", "## [").replaceAll("::", ": :")).map((line, index) => index === 0 ? line.trimEnd() : `  | ${line.trimEnd()}`);
}
var ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

// src/github/runner.ts
var largestSummary = 1024 * 1024 - 4096;
var longestAnnotation = 4096;
var largestList = 4e5;
var facts = /* @__PURE__ */ new Map();
var cut = /* @__PURE__ */ new Set();
var readInput = (name) => (0, import_core.getInput)(name);
function mask(secret) {
  if (secret === "") return;
  const lines = secretLines(secret).filter((line) => line.trim().length >= shortestSecret);
  if (rememberSecret(secret)) for (const line of lines) (0, import_core.setSecret)(line);
  if (lines.length === 0) {
    warning(
      `A secret of only ${secret.length} characters is not masked, since that would blank out unrelated text. This action prints it nowhere; see that later steps do not either.`
    );
  }
}
function maskInputs() {
  const fallbackKey = (process.env.ZILLIZ_API_KEY ?? "").trim();
  for (const secret of [readInput("api-key"), fallbackKey, readInput("github-token")]) mask(secret);
  return fallbackKey;
}
function publish(name, value) {
  if (value === void 0 || value === "") return;
  if (secretOutputs.includes(name)) {
    mask(value);
    (0, import_core.setOutput)(name, value);
    return;
  }
  const clean = redact(value);
  if (facts.get(name) === clean) return;
  facts.set(name, clean);
  (0, import_core.setOutput)(name, clean);
}
function publishFlag(name, value) {
  facts.set(name, value);
  (0, import_core.setOutput)(name, String(value));
}
function publishList(name, items) {
  const whole = redactDeep(items);
  facts.set(name, whole);
  let size = 2;
  const fitting = whole.filter((item) => {
    size += Buffer.byteLength(JSON.stringify(item)) + 1;
    return size <= largestList;
  });
  (0, import_core.setOutput)(name, JSON.stringify(fitting));
  if (fitting.length < whole.length && !cut.has(name)) {
    cut.add(name);
    warning(
      `Output ${name} holds the first ${fitting.length} of ${whole.length} entries, since a job's outputs are limited; the file of output receipt holds all.`
    );
  }
}
function redactDeep(value) {
  if (typeof value === "string") return redact(value);
  if (Array.isArray(value)) return value.map(redactDeep);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactDeep(item)]));
}
function log(text2) {
  for (const line of safeLines(text2)) (0, import_core.info)(line);
}
var notice = (text2) => (0, import_core.notice)(annotation(text2));
var warning = (text2) => (0, import_core.warning)(annotation(text2));
var error = (text2) => (0, import_core.error)(annotation(text2));
function safeLines(text2) {
  return printable(redact(text2));
}
function annotation(text2) {
  const whole = safeLines(text2).map((line) => line.replace(/^ {2}\| /, "")).join("\n");
  return whole.length > longestAnnotation ? `${whole.slice(0, longestAnnotation - 1)}…` : whole;
}
function saveState(name, value) {
  (0, import_core.saveState)(name, redact(value));
}
var readState = (name) => (0, import_core.getState)(name);

// src/step.ts
function openStep(access, time2, running) {
  const { apiKey, baseUrl } = access;
  const { clock: clock2, deadline } = time2;
  const tell = { log, notice, warning, publish, publishFlag, publishList, saveState };
  return { ...tell, cloud: { ...time2, apiKey, baseUrl, log }, clock: clock2, deadline, running };
}
var Failed = class extends Error {
  name = "Failed";
};

// src/waiting.ts
var TimedOut = class extends Error {
  name = "TimedOut";
};
var Cancelled = class extends Error {
  name = "Cancelled";
  /** A start was on its way and may have been carried out. */
  onItsWay;
  constructor(message = "The step was cancelled.", onItsWay = false) {
    super(message);
    this.onItsWay = onItsWay;
  }
};
var longestTimer = 2 ** 31 - 1;
function systemClock(stop2) {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    pause: (milliseconds) => new Promise((resolve, reject) => {
      if (stop2.aborted) {
        reject(new Cancelled());
        return;
      }
      const cancel = () => {
        clearTimeout(timer);
        reject(new Cancelled());
      };
      const timer = setTimeout(
        () => {
          stop2.removeEventListener("abort", cancel);
          resolve();
        },
        Math.min(milliseconds, longestTimer)
      );
      stop2.addEventListener("abort", cancel, { once: true });
    })
  };
}
var shortestPause = 500;
var lastLook = 2e3;
function nextPause(waited, progress, longest2, left) {
  let pause = Math.max(shortestPause, waited / 5);
  if (progress !== void 0 && progress > 0 && progress < 100) {
    const expected = waited * (100 - progress) / progress;
    pause = Math.min(pause, Math.max(shortestPause, expected / 2));
  }
  pause = Math.min(pause, longest2);
  return pause < left ? pause : left > 2 * lastLook ? left - lastLook : left;
}
async function waitUntil(look, options) {
  const { clock: clock2, deadline, longest: longest2, late: late2 } = options;
  const start2 = clock2.elapsed();
  const left = () => deadline - clock2.elapsed();
  for (; ; ) {
    const seen = await look().catch((error2) => {
      if (!(error2 instanceof TimedOut)) throw error2;
      throw new TimedOut(error2.cause === void 0 ? late2() : `${late2()} ${error2.message}`, { cause: error2 });
    });
    if ("done" in seen) return seen.done;
    if (left() <= 0) throw new TimedOut(late2());
    await clock2.pause(nextPause(clock2.elapsed() - start2, seen.progress, longest2, left()));
    if (left() <= 0) throw new TimedOut(late2());
  }
}

// src/zilliz/errors.ts
var groups = {
  key: [21119, 1800, 80001, 80002],
  permission: [96012, 96013, 96014, 96015, 96016, 96027, 96028, 40022],
  "not-found": [96018, 96026, 40021, 80020],
  conflict: [96017, 40013, 40003],
  unsupported: [96021, 96022, 80021],
  parameter: [
    96e3,
    96001,
    96002,
    96003,
    96004,
    96005,
    96006,
    96007,
    96008,
    96009,
    96010,
    96011,
    96023,
    96025,
    96029,
    96030,
    96031,
    96032,
    96033,
    96034,
    96035,
    96036,
    96037
  ],
  "operation-failed": [96038, 96039, 96040]
};
var wrongStateCode = 40003;
function groupOf(code) {
  for (const [group, codes] of Object.entries(groups)) {
    if (codes.some((known) => known === code)) return group;
  }
  return void 0;
}
var hints = {
  key: "Check that `api-key` holds a valid API key of this site, and that `base-url` names the right site: the global and the China site have different keys.",
  permission: "The key is valid but may not do this. Backup work needs a project admin, an organization owner or a custom role with the backup privileges, and a key whose scope covers the project and the cluster.",
  "not-found": "Check the id, and that the key belongs to the organization and has the cluster in its scope.",
  conflict: "Its present state or name does not allow this. Look at it in the console and try again.",
  unsupported: "Backups are for Dedicated clusters only.",
  parameter: "Check the inputs of this step against the message.",
  "operation-failed": "The message gives the reason. A cluster must be running, and no other backup or restore may be in its way."
};
function plain(text2) {
  const line = redact(text2).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
function quote(text2) {
  return `"${plain(text2)}"`;
}
function answered({ status, code, message, requestId: requestId2 }) {
  const details = [`HTTP ${status}`];
  if (code !== void 0) details.push(`code ${plain(String(code))}`);
  details.push(requestId2 === void 0 ? "no request id" : `request id ${plain(requestId2)}`);
  return `${message ? quote(message) : "no message"} (${details.join(", ")})`;
}
var Refused = class extends Error {
  name = "Refused";
  status;
  code;
  group;
  constructor(tried, facts2) {
    const group = groupOf(facts2.code) ?? (facts2.status === 401 ? "key" : facts2.status === 403 ? "permission" : facts2.status === 404 ? "not-found" : void 0);
    const redirect = facts2.status >= 300 && facts2.status < 400 ? "Redirects are not followed: check `base-url`." : void 0;
    const hint = redirect ?? (group ? hints[group] : "The message gives the reason.");
    super(`Could not ${tried}. The service refused: ${answered(facts2)}. ${hint}`);
    this.status = facts2.status;
    this.code = facts2.code;
    this.group = group;
  }
  /** Refused because of the key or what it may do: nothing else it is asked will be answered better. */
  get ofTheKey() {
    return this.group === "key" || this.group === "permission" || this.status === 401 || this.status === 403;
  }
};
var NoAnswer = class extends Error {
  name = "NoAnswer";
  kind;
  arrived;
  /** Milliseconds the service asks us to stay away, where it says so (Retry-After, RateLimit-Reset). */
  retryAfter;
  constructor(what, options = {}) {
    super(what, { cause: options.cause });
    this.kind = options.kind ?? "fault";
    this.arrived = options.arrived ?? true;
    this.retryAfter = options.retryAfter;
  }
};
function strangeAnswer(what, facts2) {
  return `${what}: ${answered(facts2)}`;
}
var notFoundCodes = {
  job: [96026],
  cluster: [96018, 40021, 80020],
  backup: []
};
function isNotFound(refused, resource) {
  if (refused.code === void 0) return false;
  if (notFoundCodes[resource].some((code) => code === refused.code)) return true;
  const known = groupOf(refused.code) !== void 0;
  return !known && (resource === "backup" || refused.status === 404) && !refused.ofTheKey;
}

// src/zilliz/answers.ts
function readAnswer(answer, reading, now) {
  const { status } = answer;
  const json = parse(answer.text);
  const envelope = asEnvelope(json);
  const facts2 = {
    status,
    code: envelope?.code,
    message: messageOf(json),
    requestId: requestId(answer.headers)
  };
  const { tried } = reading;
  if (status === 425 || status === 429) {
    throw new NoAnswer(strangeAnswer("the service asks for less load", facts2), {
      kind: "load",
      retryAfter: retryAfter(answer.headers, now)
    });
  }
  if (status >= 300 && status < 500 && status !== 408) throw new Refused(tried, facts2);
  if (envelope !== void 0 && !envelope.success) {
    if (status < 400 || reading.start && status >= 500) throw new Refused(tried, facts2);
  }
  const fault = (what, cause) => new NoAnswer(strangeAnswer(what, facts2), { retryAfter: retryAfter(answer.headers, now), cause });
  if (status < 200 || status >= 300) throw fault("the service or its gateway failed");
  const bare = json !== void 0 && (reading.bare?.(json) ?? false);
  if (!bare && envelope === void 0) {
    throw fault(json === void 0 ? "the answer is no JSON" : "the answer has no code");
  }
  try {
    return reading.decode(bare ? json : json.data);
  } catch (error2) {
    throw fault(error2 instanceof Error ? error2.message : String(error2), error2);
  }
}
function parse(text2) {
  try {
    return JSON.parse(text2);
  } catch {
    return void 0;
  }
}
function asEnvelope(json) {
  if (typeof json !== "object" || json === null || !("code" in json)) return void 0;
  const raw = json.code;
  const code = typeof raw === "string" && /^-?\d{1,9}$/.test(raw) ? Number(raw) : raw;
  if (typeof code === "string" && code !== "") return { code, success: false };
  if (typeof code !== "number" || !Number.isFinite(code)) return void 0;
  return { code, success: code === 0 || code === 200 };
}
function messageOf(json) {
  if (typeof json !== "object" || json === null || !("message" in json)) return void 0;
  return typeof json.message === "string" ? json.message : void 0;
}
function requestId(headers) {
  for (const name of ["requestid", "x-request-id", "x-kong-request-id"]) {
    const value = headers[name];
    if (typeof value === "string" && value !== "") return value;
  }
  return void 0;
}
function retryAfter(headers, now) {
  for (const name of ["retry-after", "ratelimit-reset"]) {
    const value = headers[name];
    if (typeof value !== "string") continue;
    if (/^\d{1,9}$/.test(value)) return Number(value) * 1e3;
    const date = name === "retry-after" ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  return void 0;
}

// src/duration.ts
var shape = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
var longest = 36525 * 864e5;
function parseDuration(text2) {
  const parts = shape.exec(text2);
  if (parts === null) return void 0;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  const milliseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1e3;
  return milliseconds > 0 && milliseconds <= longest ? milliseconds : void 0;
}
function formatDuration(milliseconds) {
  let rest = Math.max(0, Math.round(milliseconds / 1e3));
  const parts = [];
  for (const [unit, seconds] of [
    ["d", 86400],
    ["h", 3600],
    ["m", 60],
    ["s", 1]
  ]) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0s";
}

// src/zilliz/repeats.ts
var firstPause = 500;
var longestPause = 15e3;
var lastTry = 1e3;
function repeatPause(repeat, retryAfter2, random) {
  const grown = Math.min(longestPause, firstPause * 2 ** Math.min(repeat, 10));
  return Math.max(grown * (0.5 + random / 2), retryAfter2 ?? 0);
}
async function persist(tried, attempt, again, patience2, late2) {
  const { clock: clock2, deadline, longest: longest2, log: log2 } = patience2;
  const start2 = clock2.elapsed();
  let toldAt = Number.NEGATIVE_INFINITY;
  let told = "";
  for (let repeat = 0; ; repeat++) {
    try {
      return await attempt();
    } catch (error2) {
      if (!(error2 instanceof NoAnswer)) throw error2;
      const now = clock2.elapsed();
      const pause = repeatPause(repeat, error2.retryAfter, Math.random());
      const sentence = `Could not ${tried}: ${error2.message}`;
      if (!again(error2)) throw wholeSentence(error2, `${sentence}.`);
      if (now - start2 + pause > longest2) {
        const tries = repeat === 0 ? "tried once" : `tried ${repeat + 1} times in ${formatDuration(now - start2)}`;
        const asked = error2.retryAfter === void 0 ? "" : `, asked to stay away for ${formatDuration(error2.retryAfter)}`;
        throw wholeSentence(
          error2,
          `${sentence} (${tries}${asked}). Look at the network and the status page of the service, then run the step again.`
        );
      }
      const trouble = error2.message.replace(/request id [^)]*/, "");
      if (trouble !== told || now - toldAt >= 6e4) {
        log2(`${sentence}. Trying again.`);
        told = trouble;
        toldAt = now;
      }
      const room = deadline - now - lastTry;
      if (room <= 0 || (error2.retryAfter ?? 0) > room) throw late2(sentence, repeat === 0 ? void 0 : error2);
      await clock2.pause(Math.min(pause, room));
    }
  }
}
function wholeSentence(error2, message) {
  const { kind, arrived, retryAfter: retryAfter2 } = error2;
  return new NoAnswer(message, { kind, arrived, retryAfter: retryAfter2, cause: error2 });
}

// src/zilliz/transport.ts
var import_http_client = require("./toolkit.cjs");
var largestAnswer = 16 * 1024 * 1024;
function exchange(order) {
  const abort = new AbortController();
  return new Promise((resolve, reject) => {
    const end = (settle) => {
      clearTimeout(timer);
      order.stop.removeEventListener("abort", stopped);
      settle();
      abort.abort();
    };
    const fail2 = (error2) => end(() => reject(error2));
    const stopped = () => fail2(order.stop.reason);
    const timer = setTimeout(
      () => fail2(new NoAnswer(`no whole answer within ${Math.ceil(order.within / 1e3)} s`)),
      order.within
    );
    if (order.stop.aborted) {
      stopped();
      return;
    }
    order.stop.addEventListener("abort", stopped);
    send(order, abort.signal).then(({ message }) => readBody(message).then((text2) => ({ message, text: text2 }))).then(
      ({ message, text: text2 }) => end(() => resolve({ status: message.statusCode ?? 0, headers: message.headers, text: text2 })),
      (error2) => fail2(error2 instanceof NoAnswer ? error2 : networkFault(error2))
    );
  });
}
function send(order, abort) {
  const client = new import_http_client.HttpClient(order.userAgent, [doorman(order.apiKey, abort)], {
    allowRedirects: false,
    allowRetries: false
  });
  const body = order.body === void 0 ? null : JSON.stringify(order.body);
  const headers = {
    accept: "application/json",
    ...body === null ? {} : { "content-type": "application/json" }
  };
  return client.request(order.method, order.url, body, headers);
}
function doorman(apiKey, abort) {
  return {
    prepareRequest(options) {
      options.headers = { ...options.headers, authorization: `Bearer ${apiKey}` };
      options.signal = abort;
      options.host = options.host?.replace(/^\[(.*)\]$/, "$1");
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new Error("not used"))
  };
}
function readBody(message) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    let size = 0;
    message.on("data", (chunk) => {
      size += chunk.length;
      if (size > largestAnswer) {
        chunks.length = 0;
        reject(new NoAnswer(`the answer is larger than ${largestAnswer / 1024 / 1024} MB`));
        message.destroy();
        return;
      }
      chunks.push(chunk);
    });
    message.on("error", reject);
    message.on("close", () => {
      if (message.complete) resolve(Buffer.concat(chunks).toString("utf8"));
      else reject(new NoAnswer("the answer was cut short"));
    });
  });
}
function networkFault(error2) {
  const text2 = messagesOf(error2).join("; ");
  return new NoAnswer(text2, { arrived: !neverArrived(error2), cause: error2 });
}
function messagesOf(error2) {
  if (error2 instanceof AggregateError) return error2.errors.flatMap(messagesOf);
  return [error2 instanceof Error ? error2.message : String(error2)];
}
var certificate = /^(CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT)_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH_|ERR_TLS_CERT_)/;
function neverArrived(error2) {
  if (error2 instanceof AggregateError) return error2.errors.length > 0 && error2.errors.every(neverArrived);
  if (!(error2 instanceof Error)) return false;
  const { syscall, code = "" } = error2;
  if (syscall === "getaddrinfo" || syscall === "connect") return true;
  if (certificate.test(code)) return true;
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return handshake.test(`${code} ${error2.message}`);
  return error2.message.startsWith("tunneling socket could not be established");
}
var handshake = /wrong.version.number|unsupported.protocol|handshake.failure|no.shared.cipher|protocol.version|unknown.ca|unrecognized.name|http.request/i;

// src/zilliz/connection.ts
var exchangeLimit = 3e4;
var patienceLimit = 12e4;
var largestPage = 100;
function patiently(connection) {
  return { ...connection, patient: true };
}
function read(to, path, reading) {
  return ask(to, { method: "GET", path }, { ...reading, start: false });
}
async function readPages(to, tried, path, query, reading) {
  const { id: id2, ...rest } = reading;
  const found = /* @__PURE__ */ new Map();
  for (let page = 1; ; page++) {
    const asked = new URLSearchParams({ ...query, pageSize: `${largestPage}`, currentPage: `${page}` });
    const { items, pageSize } = await read(to, `${path}?${asked}`, { tried, ...rest });
    const before = found.size;
    for (const item of items) found.set(id2(item), item);
    const full = Math.min(pageSize ?? largestPage, largestPage);
    if (items.length < full || found.size === before) return [...found.values()];
  }
}
function remove(to, tried, path) {
  const reading = { tried, start: false, decode: () => void 0 };
  return ask(to, { method: "DELETE", path }, reading);
}
function ask(to, request, reading) {
  const attempt = async () => {
    const left = to.deadline - to.clock.elapsed();
    try {
      return await once(to, request, reading, Math.min(exchangeLimit, left), to.stop);
    } catch (error2) {
      const cutShort = left < exchangeLimit && to.clock.elapsed() >= to.deadline - 50;
      if (error2 instanceof NoAnswer && cutShort) throw overtime(reading.tried);
      throw error2;
    }
  };
  return persist(reading.tried, attempt, () => true, patience(to), late);
}
async function once(to, request, reading, within, stop2) {
  if (to.stop.aborted) throw new Cancelled();
  if (to.clock.elapsed() >= to.deadline) throw overtime(reading.tried);
  const { path, ...rest } = request;
  const order = {
    ...rest,
    url: `${to.baseUrl}${path}`,
    apiKey: to.apiKey,
    userAgent: `zilliz-cloud-backup-restore/${version}`,
    within,
    stop: stop2
  };
  return readAnswer(await exchange(order), reading, to.clock.now());
}
function patience(to) {
  const longest2 = to.patient ? Number.POSITIVE_INFINITY : patienceLimit;
  return { clock: to.clock, deadline: to.deadline, longest: longest2, log: to.log };
}
function late(sentence, cause) {
  return new TimedOut(`${sentence}.`, { cause });
}
function overtime(tried) {
  return new TimedOut(`Could not ${tried}: the time is over.`);
}

// src/ids.ts
function isSafeId(text2) {
  return /^[^/\\\p{Cc}\p{Cs}]{1,200}$/u.test(text2) && !/^\.{1,2}$/.test(text2.trim());
}

// src/zilliz/shapes.ts
function fields(value, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`the answer holds no ${what}`);
  }
  return value;
}
function optionalText(from, name) {
  const value = from[name];
  return typeof value === "string" && value !== "" ? value : void 0;
}
function text(from, name) {
  const value = optionalText(from, name);
  if (value === void 0) throw new Error(`the answer holds no ${name}`);
  return value;
}
function id(from, name) {
  const value = text(from, name);
  if (!isSafeId(value)) throw new Error(`the answer holds an impossible ${name}`);
  return value;
}
function number(value) {
  const read2 = typeof value === "string" && value.trim() !== "" ? Number(value.trim()) : value;
  return typeof read2 === "number" && Number.isFinite(read2) ? read2 : void 0;
}
function time(value) {
  const milliseconds = number(value);
  if (milliseconds !== void 0) return milliseconds > 0 ? milliseconds : void 0;
  if (typeof value !== "string") return void 0;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value.replace(" ", "T")}Z`;
  const parsed = Date.parse(zoned);
  return Number.isNaN(parsed) ? void 0 : parsed;
}
function decodeCluster(data) {
  const from = fields(data, "cluster");
  return {
    clusterId: id(from, "clusterId"),
    clusterName: optionalText(from, "clusterName"),
    projectId: optionalText(from, "projectId"),
    regionId: optionalText(from, "regionId"),
    status: text(from, "status").toUpperCase(),
    cuSize: number(from.cuSize),
    connectAddress: optionalText(from, "connectAddress"),
    createTime: time(from.createTime)
  };
}
function decodeList(data, key, decode) {
  const list = Array.isArray(data) ? data : fields(data, `list of ${key}`)[key];
  if (!Array.isArray(list)) throw new Error(`the answer holds no list of ${key}`);
  const told = Array.isArray(data) ? void 0 : number(data.pageSize);
  return { items: list.map(decode), pageSize: told };
}

// src/zilliz/client.ts
var at = (...parts) => `/v2/${parts.map(encodeURIComponent).join("/")}`;
var paths = {
  createBackup: (clusterId) => at("clusters", clusterId, "backups", "create"),
  backup: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId),
  restoreCluster: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId, "restoreCluster"),
  restoreCollection: (clusterId, backupId) => at("clusters", clusterId, "backups", backupId, "restoreCollection"),
  cluster: (clusterId) => at("clusters", clusterId),
  dropCluster: (clusterId) => at("clusters", clusterId, "drop"),
  job: (jobId) => at("jobs", jobId)
};
async function listClusters(to, projectId) {
  const query = projectId === void 0 ? {} : { projectId };
  const all = await readPages(to, "list the clusters", "/v2/clusters", query, {
    decode: (data) => decodeList(data, "clusters", decodeCluster),
    bare: Array.isArray,
    id: (cluster) => cluster.clusterId
  });
  return projectId === void 0 ? all : all.filter((cluster) => (cluster.projectId ?? projectId) === projectId);
}
function describeCluster(to, clusterId) {
  return read(to, paths.cluster(clusterId), {
    tried: `read cluster ${clusterId}`,
    decode: (data) => asAsked(clusterId, decodeCluster(data), "clusterId")
  });
}
function asAsked(asked, answered2, name) {
  if (answered2[name] !== asked) throw new Error(`the answer is about another ${name}`);
  return answered2;
}
function dropCluster(to, clusterId) {
  return remove(to, `drop cluster ${clusterId}`, paths.dropCluster(clusterId));
}

// src/dropping.ts
var inChange = /* @__PURE__ */ new Set([
  "CREATING",
  "RESTORE_BACKUP",
  "MODIFYING",
  "RESIZING",
  "UPGRADING",
  "MIGRATING",
  "RESUMING",
  "WRITING_OPERATION",
  "SET_PRIVATE_LINK"
]);
var afterRefusal = 2e3;
async function whenSettled(step, clusterId, pace2, send2) {
  for (let settledBetween = false; ; ) {
    try {
      return await send2();
    } catch (error2) {
      if (!(error2 instanceof Refused) || error2.ofTheKey) throw error2;
      const state = await stateAfter(step, clusterId, error2);
      if (error2.code === wrongStateCode && state === "RUNNING" && !settledBetween) {
        settledBetween = true;
        continue;
      }
      if (!inChange.has(state)) {
        throw new Failed(`${error2.message} Cluster ${clusterId} is ${plain(state)}.`, { cause: error2 });
      }
      step.log(`Cluster ${clusterId} is ${state} and refuses this for now. Waiting for it to settle.`);
      await step.clock.pause(Math.min(pace2.pollInterval, afterRefusal));
      const late2 = (now) => `cluster ${clusterId} is still ${now}`;
      await untilState(step, clusterId, pace2, (now) => !inChange.has(now), late2);
    }
  }
}
async function stateAfter(step, clusterId, refused) {
  try {
    return await stateOf(step, clusterId);
  } catch (error2) {
    if (error2 instanceof Cancelled) throw error2;
    const why = error2 instanceof Error ? error2.message : String(error2);
    throw new Failed(`${refused.message}
The state of cluster ${clusterId} is not known. ${why}`, {
      cause: refused
    });
  }
}
async function stateOf(step, clusterId) {
  try {
    return (await describeCluster(step.cloud, clusterId)).status;
  } catch (error2) {
    if (error2 instanceof Refused && isNotFound(error2, "cluster")) return "GONE";
    throw error2;
  }
}
async function untilState(step, clusterId, { pollInterval }, fits, late2) {
  const { clock: clock2, deadline } = step;
  const patient = { ...step, cloud: patiently(step.cloud) };
  let state = "";
  await waitUntil(
    async () => {
      state = await stateOf(patient, clusterId);
      return fits(state) ? { done: true } : { progress: void 0 };
    },
    { clock: clock2, deadline, longest: pollInterval, late: () => `The time is over: ${late2(plain(state))}.` }
  );
}
function isGoing(state) {
  return state === "GONE" || state === "DELETING" || state === "DELETED";
}
async function drop(step, clusterId, pace2) {
  const send2 = async () => {
    try {
      await dropCluster(step.cloud, clusterId);
      return "dropped";
    } catch (error2) {
      if (!(error2 instanceof Refused) || error2.ofTheKey) throw error2;
      const state = await stateAfter(step, clusterId, error2);
      if (!isGoing(state)) throw error2;
      return state === "GONE" ? "gone" : "going";
    }
  };
  const outcome = await whenSettled(step, clusterId, pace2, send2);
  if (outcome !== "dropped") return outcome;
  const late2 = (now) => `cluster ${clusterId} was dropped but still shows ${now}`;
  await untilState(step, clusterId, pace2, isGoing, late2);
  return outcome;
}
async function clustersNamed(step, name, projectId) {
  const listed = await listClusters(step.cloud, projectId);
  return listed.filter(({ clusterName, status }) => clusterName === name && status !== "DELETED");
}

// src/inputs.ts
var import_node_net = require("node:net");

// src/reader.ts
function openReader(read2, operation, problems) {
  const problem = (name, text2) => {
    problems.push(`${name}: ${text2}`);
  };
  const wrong = (name, expected, got) => problem(name, `expected ${expected}; got ${show(got)}`);
  const given = (name) => {
    if (operation !== void 0 && !covers(inputs[name].operations, operation)) {
      throw new Error(`${operation} reads ${name}, which the contract does not give it`);
    }
    return givenValue(read2, name);
  };
  const value = (name) => given(name) ?? inputs[name].default ?? "";
  const optionalId = (name) => {
    const text2 = given(name);
    if (text2 === void 0 || isId(text2)) return text2;
    wrong(name, "an id without slashes, blanks and control characters", text2);
    return void 0;
  };
  const list = (name) => [
    ...new Set(
      (given(name) ?? "").split(/[\r\n,]+/).map((item) => item.trim()).filter((item) => item !== "")
    )
  ];
  const optionalDuration = (name) => {
    const text2 = given(name) ?? inputs[name].default;
    if (text2 === void 0) return void 0;
    const milliseconds = parseDuration(text2);
    if (milliseconds === void 0) wrong(name, "a duration such as 90s, 45m or 1h30m", text2);
    return milliseconds;
  };
  const word = (name, words) => {
    const text2 = value(name);
    if (text2 === "") return void 0;
    const found = words.find((candidate) => candidate.toLowerCase() === text2.toLowerCase());
    if (found === void 0) wrong(name, `one of ${words.join(", ")}`, text2);
    return found;
  };
  return {
    given,
    value,
    id(name) {
      if (given(name) === void 0) wrong(name, "an id", void 0);
      return optionalId(name) ?? "";
    },
    optionalId,
    list,
    ids(name) {
      const items = list(name);
      if (given(name) !== void 0 && items.length === 0) wrong(name, "ids", given(name));
      for (const item of items) {
        if (!isId(item)) wrong(name, "ids without slashes, blanks and control characters", item);
      }
      return items;
    },
    word,
    flag: (name) => word(name, ["true", "false"]) === "true",
    duration: (name) => optionalDuration(name) ?? 0,
    optionalDuration,
    wholeNumber(name, least, most) {
      const text2 = given(name);
      if (text2 === void 0) return void 0;
      const number2 = /^\d{1,9}$/.test(text2) ? Number(text2) : Number.NaN;
      if (number2 >= least && number2 <= most) return number2;
      wrong(name, `a whole number from ${least} to ${most}`, text2);
      return void 0;
    },
    problem
  };
}
function givenValue(read2, name) {
  const text2 = read2(name);
  const { default: declared, words } = inputs[name];
  const anyCase = words !== void 0 || declared === "true" || declared === "false";
  const isDefault = text2 === declared || anyCase && text2.toLowerCase() === declared?.toLowerCase();
  return text2 === "" || isDefault ? void 0 : text2;
}
function show(text2) {
  if (text2 === void 0 || text2 === "") return "nothing";
  return JSON.stringify(text2.length > 100 ? `${text2.slice(0, 100)}…` : text2);
}
function isId(text2) {
  return isSafeId(text2) && !/\s/.test(text2);
}

// src/inputs.ts
var BadInput = class extends Error {
  name = "BadInput";
  problems;
  constructor(problems) {
    super(problems.join("\n"));
    this.problems = problems;
  }
};
function parseCommon(reader, fallbackKey) {
  if (reader.flag("comment-on-pr")) {
    reader.problem("comment-on-pr", "is not available yet in this version");
  }
  reader.given("github-token");
  return {
    apiKey: parseApiKey(reader, fallbackKey),
    baseUrl: parseBaseUrl(reader),
    timeout: reader.duration("timeout")
  };
}
function parseApiKey(reader, fallbackKey) {
  const key = reader.given("api-key") ?? fallbackKey;
  if (key === "") {
    reader.problem(
      "api-key",
      "expected a Zilliz Cloud API key here or in the environment variable ZILLIZ_API_KEY; got nothing. Runs for pull requests from forks and from Dependabot get no secrets."
    );
  } else if (key.length < shortestSecret || !/^[\x21-\x7e]+$/.test(key)) {
    reader.problem(
      "api-key",
      `expected an API key of at least ${shortestSecret} visible ASCII characters; got something else (not shown)`
    );
  }
  return key;
}
function parseBaseUrl(reader) {
  const value = reader.value("base-url");
  const url = URL.canParse(value) ? new URL(value) : void 0;
  const secure = url?.protocol === "https:" || url?.protocol === "http:" && isLoopback(url.hostname);
  if (url === void 0 || !secure || /[?#@\\]/.test(value)) {
    reader.problem(
      "base-url",
      // Before an @ stand credentials.
      `expected an https address without query, fragment or credentials (http only on loopback); got ${value.includes("@") ? "one with an @ (not shown)" : show(value)}`
    );
    return "";
  }
  return url.href.replace(/\/+$/, "");
}
function isLoopback(hostname) {
  return hostname === "localhost" || hostname === "[::1]" || (0, import_node_net.isIPv4)(hostname) && hostname.startsWith("127.");
}

// src/lost.ts
var lookLimit = 3e4;
var betweenLooks = 2e3;
var shortestLook = 1e3;
async function lookForLost(step, lost, look) {
  const { clock: clock2 } = step;
  const start2 = clock2.elapsed();
  const end = Math.min(step.deadline, start2 + lookLimit);
  let result = new Error("It was not looked for.");
  let deadline = Math.max(end, start2 + lookLimit);
  const cancelled = (error2) => {
    if (!(error2 instanceof Cancelled)) throw error2;
    throw new Cancelled(`The step was cancelled. ${lost.message} It may have been carried out.`, true);
  };
  for (; ; ) {
    try {
      const found = await look({ ...step.cloud, deadline });
      if (found !== void 0) return { found };
      result = "nothing";
    } catch (error2) {
      if (!(error2 instanceof NoAnswer || error2 instanceof Refused || error2 instanceof TimedOut))
        return cancelled(error2);
      if (error2 instanceof Refused) return error2;
      if (result !== "nothing") result = error2;
    }
    deadline = end;
    if (clock2.elapsed() + betweenLooks + shortestLook > end) return result;
    await clock2.pause(betweenLooks).catch(cancelled);
  }
}

// src/report.ts
function explain(failure) {
  if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`;
  const own = [BadInput, Failed, Refused, NoAnswer, TimedOut, Cancelled];
  return own.some((kind) => failure instanceof kind) ? failure.message : `Unexpected failure: ${failure.message}. This is a defect of the action: please report it.`;
}

// src/restoring.ts
var clockDifference = 3e5;

// src/post.ts
var longestWait = 6e5;
var grace = 6e4;
var pace = { pollInterval: 1e4 };
var stop = new AbortController();
var clock = systemClock(stop.signal);
var leftBehind = "";
async function story(intent, knownId) {
  leftBehind = knownId === "" ? `a cluster named ${quote(intent.clusterName)}` : `cluster ${knownId}`;
  const step = openOwnStep();
  const clusterId = knownId === "" ? await findByName(step, intent) : knownId;
  if (clusterId === void 0) return;
  leftBehind = `cluster ${clusterId}`;
  log(`delete-after-job: dropping cluster ${clusterId}, which this action made in this job.`);
  const { deadline } = step;
  const late2 = () => `Cluster ${clusterId} cannot be read.`;
  const young = () => clock.now() - intent.since < grace;
  const look = async () => {
    try {
      const outcome2 = await drop(step, clusterId, pace);
      return outcome2 === "gone" && young() ? { progress: void 0 } : { done: outcome2 };
    } catch (error2) {
      const refused = error2 instanceof Failed ? error2.cause : void 0;
      if (refused instanceof Refused && isNotFound(refused, "cluster") && young())
        return { progress: void 0 };
      throw error2;
    }
  };
  const outcome = await waitUntil(look, { clock, deadline, longest: pace.pollInterval, late: late2 });
  const bin = outcome === "dropped" ? " It stays in the recycle bin for 30 days." : "";
  log(`delete-after-job: cluster ${clusterId} is gone.${bin}`);
}
function openOwnStep() {
  const problems = [];
  const fallbackKey = maskInputs();
  const access = parseCommon(openReader(readInput, "restore-cluster", problems), fallbackKey);
  if (problems.length > 0) throw new BadInput(problems);
  const deadline = clock.elapsed() + longestWait;
  return openStep(access, { clock, deadline, stop: stop.signal }, { jobIds: /* @__PURE__ */ new Set() });
}
async function findByName(step, { clusterName, projectId, since }) {
  const earliest = since - clockDifference;
  const isOwn = ({ createTime }) => createTime !== void 0 && createTime >= earliest;
  const result = await lookForLost(
    step,
    new Error("The step that asked for the cluster was killed."),
    async (cloud) => {
      const own = (await clustersNamed({ ...step, cloud }, clusterName, projectId)).filter(isOwn);
      return own.length > 0 ? own : void 0;
    }
  );
  if (result instanceof Error) throw result;
  if (result === "nothing") {
    log(
      `delete-after-job: no cluster named ${quote(clusterName)} was made in project ${projectId} since ${new Date(since).toISOString()}, so nothing is dropped.`
    );
    return void 0;
  }
  const [only, ...others] = result.found;
  if (only === void 0 || others.length > 0) {
    const ids = result.found.map(({ clusterId }) => clusterId).join(", ");
    throw new Failed(`Several clusters named ${quote(clusterName)} are as young as this job: ${ids}.`);
  }
  log(
    `delete-after-job: the step ended before it knew the id of its cluster. Cluster ${only.clusterId} (${plain(only.status)}) of project ${projectId} has the name it asked for and was created after it asked, so it is this step's.`
  );
  return only.clusterId;
}
function fail(failure) {
  error(
    `delete-after-job failed: ${leftBehind} may still be there and cost money. ${explain(failure)} Drop it with operation: delete-cluster or in the console.`
  );
}
for (const signal of ["SIGINT", "SIGTERM", "SIGBREAK"]) {
  process.on(signal, () => stop.abort(new Cancelled()));
}
process.on("uncaughtException", (failure) => {
  fail(failure);
  process.exit(1);
});
var intentText = readState("intent");
if (intentText !== "") {
  process.exitCode = 1;
  const clusterId = readState("clusterId");
  story(JSON.parse(intentText), clusterId).then(() => {
    process.exitCode = 0;
  }, fail).finally(() => setTimeout(() => process.exit(), 300).unref());
}
