// Made by "npm run build" from src/main.ts. NOTICES.txt holds the licences of the packages in it.
"use strict";

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

// src/github/runner.ts
var import_node_fs = require("node:fs");
var import_node_os = require("node:os");
var import_node_path = require("node:path");
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
function cutToBytes(text2, bytes) {
  const whole = Buffer.from(text2);
  if (whole.length <= bytes) return text2;
  let end2 = bytes;
  while (end2 > 0 && ((whole[end2] ?? 0) & 192) === 128) end2--;
  return whole.subarray(0, end2).toString("utf8");
}

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
function published() {
  return facts;
}
function log(text2) {
  for (const line of safeLines(text2)) (0, import_core.info)(line);
}
function debug(text2) {
  (0, import_core.debug)(safeLines(text2).join("\n"));
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
function writeSummary(page) {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  const whole = redact(page);
  const fitting = cutToBytes(whole, largestSummary);
  (0, import_node_fs.appendFileSync)(
    path,
    fitting === whole ? fitting : `${fitting}

*Cut: a summary holds at most 1 MiB. The receipt has all.*
`
  );
}
function workflow() {
  const { env } = process;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId } = env;
  return {
    repository,
    sha: env.GITHUB_SHA,
    runId,
    runAttempt: env.GITHUB_RUN_ATTEMPT,
    runUrl: server && repository && runId ? `${server}/${repository}/actions/runs/${runId}` : void 0
  };
}
function writeReceipt(story2) {
  const folder = (0, import_node_fs.mkdtempSync)((0, import_node_path.join)(process.env.RUNNER_TEMP || (0, import_node_os.tmpdir)(), "zilliz-cloud-"));
  const path = (0, import_node_path.join)(folder, "receipt.json");
  const receipt = redactDeep({ ...story2, ...Object.fromEntries(facts), ...workflow() });
  (0, import_node_fs.writeFileSync)(path, `${JSON.stringify(receipt, null, 2)}
`, { mode: 384 });
  publish("receipt", path);
}

// src/inputs.ts
var import_node_net = require("node:net");

// src/collections.ts
var defaultDatabase = "default";
function formatName({ database, collection }) {
  return `${database}.${collection}`;
}
function parseBackupCollections(text2, problem) {
  const names2 = isJson(text2) ? namesFromJson(text2, problem) : namesFromLines(text2, problem);
  if (names2 === void 0) return void 0;
  let sound = true;
  const complain = (message) => {
    sound = false;
    problem(message);
  };
  const lines = /* @__PURE__ */ new Map();
  for (const { line, name } of names2) {
    const before = lines.get(formatName(name));
    if (before !== void 0) complain(`${line}: ${formatName(name)} is given already in ${before}`);
    else lines.set(formatName(name), line);
  }
  const databases = [...new Set(names2.map(({ name }) => name.database))];
  const [database] = databases;
  if (databases.length > 1) {
    complain(`a backup takes collections of one database only; these are of ${databases.join(" and ")}`);
  }
  if (database === void 0) complain("expected at least one collection; got none");
  if (!sound || database === void 0) return void 0;
  return { database, collections: names2.map(({ name }) => name.collection) };
}
function namesFromLines(text2, problem) {
  let sound = true;
  const names2 = [];
  for (const { line, content } of contentLines(text2)) {
    const name = content.includes("->") || content.includes("*") ? void 0 : readName(content, defaultDatabase);
    if (name) names2.push({ line, name });
    else {
      sound = false;
      problem(`${line}: expected a collection or database.collection; arrows and * are for restores`);
    }
  }
  return sound ? names2 : void 0;
}
function isJson(text2) {
  return text2.trimStart().startsWith("[");
}
function contentLines(text2) {
  return text2.split(/\r\n|\r|\n/).map((raw, index) => ({ line: `line ${index + 1} ${JSON.stringify(raw.trim())}`, content: raw.trim() })).filter(({ content }) => content !== "" && !content.startsWith("#"));
}
function readName(content, otherwise) {
  const parts = /^(?:([^\s.*>[]+)\.)?([^\s.*>[]+)$/.exec(content);
  const collection = parts?.[2];
  return collection === void 0 ? void 0 : { database: parts?.[1] ?? otherwise, collection };
}
function namesFromJson(text2, problem) {
  const entries = readEntries(text2, ["dbName", "collectionNames"], problem);
  if (entries === void 0) return void 0;
  let sound = true;
  const names2 = [];
  for (const { line, entry } of entries) {
    const { dbName, collectionNames } = entry;
    if (!isOptionalText(dbName) || !Array.isArray(collectionNames) || !collectionNames.every(isName)) {
      sound = false;
      problem(`${line}: expected {"dbName": text, "collectionNames": [names]}`);
      continue;
    }
    for (const collection of collectionNames) {
      names2.push({ line, name: { database: dbName || defaultDatabase, collection } });
    }
  }
  return sound ? names2 : void 0;
}
function readEntries(text2, known, problem) {
  let json;
  try {
    json = JSON.parse(text2);
  } catch (error2) {
    problem(`begins with [ but is no JSON: ${error2 instanceof Error ? error2.message : error2}`);
    return void 0;
  }
  let sound = true;
  const entries = [];
  for (const [index, entry] of json.entries()) {
    const line = `entry ${index + 1}`;
    const unknown = isObject(entry) ? Object.keys(entry).filter((key) => !known.includes(key)) : void 0;
    if (isObject(entry) && unknown?.length === 0) entries.push({ line, entry });
    else {
      sound = false;
      const got = unknown ? `unknown field ${unknown.join(", ")}` : "no object";
      problem(`${line}: expected an object of ${known.join(", ")}; got ${got}`);
    }
  }
  return sound ? entries : void 0;
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isName(value) {
  return typeof value === "string" && value.trim() !== "";
}
function isOptionalText(value) {
  return value === void 0 || typeof value === "string";
}

// src/ids.ts
function isSafeId(text2) {
  return /^[^/\\\p{Cc}\p{Cs}]{1,200}$/u.test(text2) && !/^\.{1,2}$/.test(text2.trim());
}

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

// src/cluster-name.ts
function isPossibleName(name) {
  return /^[A-Za-z0-9 _\-\p{Script=Han}]{1,255}$/u.test(name);
}
function safeName(name) {
  return name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-/, "").slice(0, 64).replace(/-$/, "");
}
function offerSafeName(name) {
  const safe = safeName(name);
  return safe === "" || safe === name ? "" : ` A safe name near it is ${safe}.`;
}

// src/selections.ts
function parseSelections(text2, problem) {
  let sound = true;
  const complain = (message) => {
    sound = false;
    problem(message);
  };
  const selections = isJson(text2) ? fromJson(text2, complain) : fromLines(text2, complain);
  if (sound && selections.length === 0) complain("expected at least one collection; got none");
  checkOverlaps(selections, complain);
  return sound ? selections : void 0;
}
var expectedLine = "expected collection, database.collection, database.* or *, and after an arrow the new name, for database.* of the form database.*";
function fromLines(text2, complain) {
  return contentLines(text2).flatMap(({ line, content }) => {
    const [source = "", destination, ...more] = content.split("->").map((part) => part.trim());
    const selection = more.length === 0 ? readLine(line, source, destination) : void 0;
    if (selection === void 0) complain(`${line}: ${expectedLine}`);
    return selection ?? [];
  });
}
function readLine(line, source, destination) {
  const named = destination !== void 0;
  if (source === "*") return named ? void 0 : { kind: "everything", line };
  const from = allOf(source);
  if (from !== void 0) {
    const to2 = named ? allOf(destination) : from;
    return to2 === void 0 ? void 0 : { kind: "database", line, from, to: to2, named };
  }
  const name = readName(source, defaultDatabase);
  if (name === void 0) return void 0;
  const to = named ? readName(destination, name.database) : name;
  return to === void 0 ? void 0 : { kind: "collection", line, from: name, to, named };
}
function allOf(text2) {
  return /^([^\s.*>[]+)\.\*$/.exec(text2)?.[1];
}
function fromJson(text2, complain) {
  const entries = readEntries(text2, ["dbName", "destDbName", "collections"], complain) ?? [];
  return entries.flatMap(({ line, entry }) => {
    const { dbName, destDbName, collections } = entry;
    if (!isOptionalText(dbName) || !isOptionalText(destDbName)) {
      complain(`${line}: expected dbName and destDbName to be text`);
      return [];
    }
    const from = dbName || defaultDatabase;
    const to = destDbName || from;
    if (collections === void 0) {
      return { kind: "database", line, from, to, named: Boolean(destDbName) };
    }
    if (!Array.isArray(collections) || collections.length === 0) {
      complain(`${line}: expected collections to be an array of objects, or to be left out`);
      return [];
    }
    return collections.flatMap((item, index) => {
      const selection = readItem(`${line}, collection ${index + 1}`, from, to, item);
      if (selection === void 0) {
        complain(
          `${line}, collection ${index + 1}: expected {"collectionName": text, "destCollectionName": text, "destCollectionStatus": "LOADED" or "UNLOADED"}, the last two optional`
        );
      }
      return selection ?? [];
    });
  });
}
var itemFields = ["collectionName", "destCollectionName", "destCollectionStatus"];
function readItem(line, from, to, item) {
  if (!isObject(item) || Object.keys(item).some((key) => !itemFields.includes(key))) return void 0;
  const { collectionName, destCollectionName, destCollectionStatus } = item;
  const status = typeof destCollectionStatus === "string" ? destCollectionStatus.toUpperCase() : void 0;
  if (!isName(collectionName) || !isOptionalText(destCollectionName)) return void 0;
  if (destCollectionStatus !== void 0 && status !== "LOADED" && status !== "UNLOADED") return void 0;
  return {
    kind: "collection",
    line,
    from: { database: from, collection: collectionName },
    to: { database: to, collection: destCollectionName || collectionName },
    named: Boolean(destCollectionName),
    status
  };
}
function checkOverlaps(selections, complain) {
  const taken = /* @__PURE__ */ new Map();
  const claim = (what, key, line) => {
    const before = taken.get(key);
    if (before === void 0) taken.set(key, line);
    else complain(`${line}: ${what} already in ${before}`);
  };
  for (const selection of selections) {
    const { line } = selection;
    if (selection.kind === "everything") {
      if (selections.length > 1)
        complain(`${line}: * stands for everything in the backup; no other line goes with it`);
    } else if (selection.kind === "database") {
      claim(`${selection.from}.* is given`, `from ${selection.from}.*`, line);
      claim(`${selection.to}.* is a destination`, `to ${selection.to}.*`, line);
    } else {
      const { from, to } = selection;
      claim(`${formatName(from)} is given`, `from ${formatName(from)}`, line);
      claim(`${formatName(to)} is a destination`, `to ${formatName(to)}`, line);
      const whole = selections.find((other) => other.kind === "database" && other.from === from.database);
      if (whole) complain(`${line}: ${formatName(from)} is given already by ${whole.line}`);
    }
  }
}
function keepingNames(selections) {
  return selections.flatMap((selection) => {
    if (selection.kind === "everything") return ["everything"];
    if (selection.named || !sameName(selection)) return [];
    return [selection.kind === "database" ? `${selection.from}.*` : formatName(selection.from)];
  });
}
function sameName(selection) {
  return selection.kind === "database" ? selection.from === selection.to : formatName(selection.from) === formatName(selection.to);
}

// src/restore-inputs.ts
function parseRestoreCluster(reader, common) {
  const ifExists = reader.word("if-exists", ["fail", "reuse", "replace"]) ?? "fail";
  const deleteAfterJob = reader.flag("delete-after-job");
  const clusterName = parseNewName(reader);
  const protectedClusters = reader.list("protected-clusters");
  if (protectedClusters.includes(clusterName) && (ifExists === "replace" || deleteAfterJob)) {
    reader.problem(
      "protected-clusters",
      `holds the name of the new cluster, which ${ifExists === "replace" ? "if-exists: replace" : "delete-after-job"} may drop`
    );
  }
  return {
    ...common,
    operation: "restore-cluster",
    clusterId: reader.id("cluster-id"),
    backup: parseBackupChoice(reader),
    clusterName,
    projectId: reader.optionalId("target-project-id"),
    cuSize: reader.wholeNumber("cu-size", 1, 1024),
    collectionStatus: reader.word("collection-status", ["KEEP", "RELEASE"]) ?? "KEEP",
    versionPolicy: reader.word("restore-version-policy", ["LATEST", "ORIGINAL"]),
    ifExists,
    protectedClusters,
    deleteAfterJob,
    wait: reader.flag("wait"),
    pollInterval: reader.duration("poll-interval"),
    dryRun: reader.flag("dry-run")
  };
}
function parseNewName(reader) {
  const name = reader.given("target-cluster");
  if (name === void 0) {
    reader.problem("target-cluster", "expected the name of the new cluster; got nothing");
    return "";
  }
  if (!isPossibleName(name)) {
    reader.problem(
      "target-cluster",
      `expected at most 255 letters, digits, blanks, _, - and Han characters as the name of the new cluster; got ${JSON.stringify(name.slice(0, 300))}.${offerSafeName(name)}`
    );
  }
  return name;
}
function parseRestoreCollections(reader, common) {
  const clusterId = reader.id("cluster-id");
  const target = parseTarget(reader);
  const safetyBackup = reader.flag("safety-backup");
  const selections = parseSelection(reader);
  if (target.cluster === clusterId) {
    for (const problem of sourceProblems(selections)) reader.problem("collections", problem);
  }
  if (!safetyBackup && reader.given("if-busy") !== void 0) {
    reader.problem("if-busy", "is of no use without safety-backup: true");
  }
  return {
    ...common,
    operation: "restore-collections",
    clusterId,
    backup: parseBackupChoice(reader),
    target,
    selections,
    collectionStatus: reader.word("collection-status", ["LOADED", "UNLOADED"]) ?? "LOADED",
    safetyBackup,
    ifBusy: reader.word("if-busy", ["wait", "fail"]) ?? "wait",
    protectedClusters: reader.list("protected-clusters"),
    wait: reader.flag("wait"),
    pollInterval: reader.duration("poll-interval"),
    dryRun: reader.flag("dry-run")
  };
}
function parseSelection(reader) {
  const text2 = reader.given("collections");
  if (text2 === void 0) return [{ kind: "everything", line: "no line" }];
  return parseSelections(text2, (problem) => reader.problem("collections", problem)) ?? [];
}
function sourceProblems(selections) {
  return keepingNames(selections).map(
    (name) => name === "everything" ? "the target is the source cluster itself, and everything would keep its name. Name the collections, each with a new name (orders -> orders_restored) or, to keep it, with the arrow (orders -> orders, sales.* -> sales.*)" : `the target is the source cluster itself, and ${name} would keep its name. Give it a new one (${name} -> ${name.endsWith(".*") ? `restored.*` : `${name}_restored`}) or say with the arrow that it is to keep it (${name} -> ${name})`
  );
}
function parseDeleteCluster(reader, common) {
  return {
    ...common,
    operation: "delete-cluster",
    target: parseTarget(reader),
    protectedClusters: reader.list("protected-clusters"),
    pollInterval: reader.duration("poll-interval"),
    dryRun: reader.flag("dry-run")
  };
}
function parseTarget(reader) {
  const cluster = reader.given("target-cluster");
  if (cluster === void 0) {
    reader.problem("target-cluster", "expected the id or the exact name of an existing cluster; got nothing");
  }
  return { cluster: cluster ?? "", projectId: reader.optionalId("target-project-id") };
}
function parseBackupChoice(reader) {
  const backupId = reader.id("backup-id");
  const maxAge = reader.optionalDuration("max-age");
  if (backupId.toLowerCase() === "latest") return { latest: true, maxAge };
  if (reader.given("max-age") !== void 0) {
    reader.problem("max-age", "goes with backup-id: latest only");
  }
  return { backupId };
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
function parseInputs(read2, fallbackKey) {
  const problems = [];
  const operation = openReader(read2, void 0, problems).word("operation", operations);
  if (givenValue(read2, "operation") === void 0) {
    problems.push(`operation: expected one of ${operations.join(", ")}; got nothing`);
  }
  const reader = openReader(read2, operation, problems);
  const common = parseCommon(reader, fallbackKey);
  if (operation === void 0) throw new BadInput(problems);
  for (const name of Object.keys(inputs)) {
    const text2 = covers(inputs[name].operations, operation) ? void 0 : givenValue(read2, name);
    if (text2 !== void 0) problems.push(`${name}: ${operation} does not use it; got ${show(text2)}`);
  }
  const parse2 = parsers[operation];
  if (parse2 === void 0) {
    problems.push(`operation: ${operation} is not available yet in this version`);
    throw new BadInput(problems);
  }
  const request = parse2(reader, common);
  if (problems.length > 0) throw new BadInput(problems);
  return request;
}
var parsers = {
  "create-backup": parseCreateBackup,
  "restore-cluster": parseRestoreCluster,
  "restore-collections": parseRestoreCollections,
  wait: parseWait,
  "delete-cluster": parseDeleteCluster
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
function parseCreateBackup(reader, common) {
  const text2 = reader.given("collections");
  const request = {
    ...common,
    operation: "create-backup",
    clusterId: reader.id("cluster-id"),
    collections: text2 === void 0 ? void 0 : parseBackupCollections(text2, (problem) => reader.problem("collections", problem)),
    crossRegionCopies: reader.ids("cross-region-copies"),
    skipIfNewerThan: reader.optionalDuration("skip-if-newer-than"),
    ifBusy: reader.word("if-busy", ["wait", "fail"]) ?? "wait",
    wait: reader.flag("wait"),
    pollInterval: reader.duration("poll-interval"),
    dryRun: reader.flag("dry-run")
  };
  if (request.skipIfNewerThan !== void 0 && request.crossRegionCopies.length > 0) {
    reader.problem(
      "skip-if-newer-than",
      "does not go with cross-region-copies: a backup does not tell what copies it has"
    );
  }
  return request;
}
function parseWait(reader, common) {
  const clusterId = reader.optionalId("cluster-id");
  const backupId = reader.optionalId("backup-id");
  const cluster = reader.given("target-cluster");
  const jobIds = reader.ids("job-id");
  const projectId = reader.optionalId("target-project-id");
  if (backupId?.toLowerCase() === "latest") {
    reader.problem("backup-id", 'expected the id of a backup; wait does not take "latest"');
  }
  if (backupId !== void 0 && clusterId === void 0 && reader.given("cluster-id") === void 0) {
    reader.problem("cluster-id", "expected the source cluster of backup-id; got nothing");
  }
  if (reader.given("backup-id") === void 0 && clusterId !== void 0) {
    reader.problem("cluster-id", "is of no use without backup-id");
  }
  if (cluster === void 0 && projectId !== void 0) {
    reader.problem("target-project-id", "is of no use without target-cluster");
  }
  if (!["job-id", "backup-id", "target-cluster"].some((name) => reader.given(name) !== void 0)) {
    reader.problem(
      "job-id",
      "wait needs at least one of job-id, backup-id with cluster-id, and target-cluster"
    );
  }
  return {
    ...common,
    operation: "wait",
    jobIds,
    backup: clusterId !== void 0 && backupId !== void 0 ? { clusterId, backupId } : void 0,
    target: cluster === void 0 ? void 0 : { cluster, projectId },
    pollInterval: reader.duration("poll-interval")
  };
}

// src/step.ts
function openStep(access, time2, running2) {
  const { apiKey, baseUrl } = access;
  const { clock: clock2, deadline } = time2;
  const tell = { log, notice, warning, publish, publishFlag, publishList, saveState };
  return { ...tell, cloud: { ...time2, apiKey, baseUrl, log }, clock: clock2, deadline, running: running2 };
}
var Failed = class extends Error {
  name = "Failed";
};
function leftovers(running2) {
  const wait2 = { title: "Still running at the service. To wait for it:", lines: resumeLines(running2) };
  const drop2 = { title: "To drop the cluster instead:", lines: removeLines(running2) };
  return wait2.lines.length === 0 ? [] : [wait2, drop2].filter(({ lines }) => lines.length > 0);
}
function resumeLines(running2) {
  const lines = [];
  const { jobIds, backup, clusterId } = running2;
  if (jobIds.size > 0) lines.push(`job-id: ${[...jobIds].join(", ")}`);
  if (backup) lines.push(`cluster-id: ${backup.clusterId}`, `backup-id: ${backup.backupId}`);
  if (clusterId !== void 0) lines.push(`target-cluster: ${clusterId}`);
  return lines.length === 0 ? [] : ["operation: wait", ...lines];
}
function removeLines({ made }) {
  return made === void 0 ? [] : ["operation: delete-cluster", `target-cluster: ${made}`];
}

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
function newsFilter(clock2) {
  const last = /* @__PURE__ */ new Map();
  let told2 = clock2.elapsed();
  return {
    isNew(about, line) {
      if (last.get(about) === line) return false;
      last.set(about, line);
      told2 = clock2.elapsed();
      return true;
    },
    isQuiet() {
      const quiet = clock2.elapsed() - told2 >= 6e4;
      if (quiet) told2 = clock2.elapsed();
      return quiet;
    }
  };
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
var nameTakenCodes = [96017, 40013];
var wrongStateCode = 40003;
var badNameCode = 96010;
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

// src/zilliz/repeats.ts
var firstPause = 500;
var longestPause = 15e3;
var lastTry = 1e3;
function repeatPause(repeat, retryAfter2, random) {
  const grown = Math.min(longestPause, firstPause * 2 ** Math.min(repeat, 10));
  return Math.max(grown * (0.5 + random / 2), retryAfter2 ?? 0);
}
async function persist(tried, attempt2, again, patience2, late2) {
  const { clock: clock2, deadline, longest: longest2, log: log2 } = patience2;
  const start2 = clock2.elapsed();
  let toldAt = Number.NEGATIVE_INFINITY;
  let told2 = "";
  for (let repeat = 0; ; repeat++) {
    try {
      return await attempt2();
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
      if (trouble !== told2 || now - toldAt >= 6e4) {
        log2(`${sentence}. Trying again.`);
        told2 = trouble;
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
    const end2 = (settle) => {
      clearTimeout(timer);
      order.stop.removeEventListener("abort", stopped);
      settle();
      abort.abort();
    };
    const fail = (error2) => end2(() => reject(error2));
    const stopped = () => fail(order.stop.reason);
    const timer = setTimeout(
      () => fail(new NoAnswer(`no whole answer within ${Math.ceil(order.within / 1e3)} s`)),
      order.within
    );
    if (order.stop.aborted) {
      stopped();
      return;
    }
    order.stop.addEventListener("abort", stopped);
    send(order, abort.signal).then(({ message }) => readBody(message).then((text2) => ({ message, text: text2 }))).then(
      ({ message, text: text2 }) => end2(() => resolve({ status: message.statusCode ?? 0, headers: message.headers, text: text2 })),
      (error2) => fail(error2 instanceof NoAnswer ? error2 : networkFault(error2))
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
var lastWords = 1200;
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
  const attempt2 = async () => {
    const left = to.deadline - to.clock.elapsed();
    try {
      return await once(to, request, reading, Math.min(exchangeLimit, left), to.stop);
    } catch (error2) {
      const cutShort = left < exchangeLimit && to.clock.elapsed() >= to.deadline - 50;
      if (error2 instanceof NoAnswer && cutShort) throw overtime(reading.tried);
      throw error2;
    }
  };
  return persist(reading.tried, attempt2, () => true, patience(to), late);
}
async function start(to, tried, path, body, decode) {
  const attempt2 = async () => {
    const patient = new AbortController();
    let timer;
    const stopped = () => {
      const lost = `The step was cancelled before the answer came: the request to ${tried} may have been carried out.`;
      timer = setTimeout(() => patient.abort(new Cancelled(lost, true)), lastWords);
    };
    to.stop.addEventListener("abort", stopped, { once: true });
    try {
      return await once(
        to,
        { method: "POST", path, body },
        { tried, start: true, decode },
        exchangeLimit,
        patient.signal
      );
    } finally {
      clearTimeout(timer);
      to.stop.removeEventListener("abort", stopped);
    }
  };
  const again = (error2) => error2.kind === "load" || !error2.arrived;
  return persist(tried, attempt2, again, { ...patience(to), longest: patienceLimit }, late);
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
function upper(value) {
  return value?.toUpperCase();
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
function decodeJob(data) {
  const from = fields(data, "job");
  const progress = from.progress;
  const percent = number(typeof progress === "string" ? progress.replace(/\s*%\s*$/, "") : progress);
  return {
    jobId: id(from, "jobId"),
    status: text(from, "status").toUpperCase(),
    progress: percent !== void 0 && percent >= 0 && percent <= 100 ? percent : void 0,
    reason: optionalText(from, "reason")
  };
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
function decodeBackup(data) {
  const from = fields(data, "backup");
  return {
    backupId: id(from, "backupId"),
    backupName: optionalText(from, "backupName"),
    backupType: upper(optionalText(from, "backupType")),
    creationMethod: upper(optionalText(from, "creationMethod")),
    status: text(from, "status").toUpperCase(),
    clusterId: optionalText(from, "clusterId"),
    clusterName: optionalText(from, "clusterName"),
    projectId: optionalText(from, "projectId"),
    regionId: optionalText(from, "regionId"),
    createTime: time(from.createTime),
    contents: decodeContents(from),
    raw: from
  };
}
function decodeContents(from) {
  const databases = Array.isArray(from.dbCollections) ? from.dbCollections : [];
  const nested = databases.flatMap((entry) => {
    const database = fields(entry, "database");
    return names(database.collections).map((collection) => ({
      database: optionalText(database, "dbName") ?? "default",
      collection
    }));
  });
  if (nested.length > 0) return { kind: "by-database", collections: nested };
  const flat = names(from.collections);
  return flat.length > 0 ? { kind: "flat", collections: flat } : { kind: "unlisted" };
}
function names(list) {
  if (!Array.isArray(list)) return [];
  return list.map((entry) => text(fields(entry, "collection"), "collectionName"));
}
function decodeList(data, key, decode) {
  const list = Array.isArray(data) ? data : fields(data, `list of ${key}`)[key];
  if (!Array.isArray(list)) throw new Error(`the answer holds no list of ${key}`);
  const told2 = Array.isArray(data) ? void 0 : number(data.pageSize);
  return { items: list.map(decode), pageSize: told2 };
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
function createBackup(to, clusterId, body) {
  return start(to, `start a backup of cluster ${clusterId}`, paths.createBackup(clusterId), body, (data) => {
    const from = fields(data, "backup");
    return {
      backupId: id(from, "backupId"),
      backupName: optionalText(from, "backupName"),
      jobId: id(from, "jobId")
    };
  });
}
function restoreCluster(to, source, body) {
  const tried = `restore backup ${source.backupId} into a new cluster ${quote(body.clusterName)}`;
  return start(to, tried, paths.restoreCluster(source.clusterId, source.backupId), body, (data) => {
    const from = fields(data, "restored cluster");
    return {
      clusterId: id(from, "clusterId"),
      username: optionalText(from, "username"),
      password: optionalText(from, "password"),
      jobId: id(from, "jobId")
    };
  });
}
function restoreCollection(to, source, what, body) {
  const path = paths.restoreCollection(source.clusterId, source.backupId);
  return start(
    to,
    `restore ${what} from backup ${source.backupId}`,
    path,
    body,
    (data) => id(fields(data, "job"), "jobId")
  );
}
async function listBackups(to, clusterId) {
  const tried = clusterId === void 0 ? "list the backups" : `list the backups of cluster ${clusterId}`;
  const query = clusterId === void 0 ? {} : { clusterId };
  const all = await readPages(to, tried, "/v2/backups", query, {
    decode: (data) => decodeList(data, "backups", decodeBackup),
    id: (backup) => backup.backupId
  });
  return all.filter((backup) => clusterId === void 0 || (backup.clusterId ?? clusterId) === clusterId);
}
function describeBackup(to, clusterId, backupId) {
  return read(to, paths.backup(clusterId, backupId), {
    tried: `read backup ${backupId} of cluster ${clusterId}`,
    decode: (data) => asAsked(backupId, decodeBackup(data), "backupId")
  });
}
function describeJob(to, jobId) {
  return read(to, paths.job(jobId), {
    tried: `read job ${jobId}`,
    decode: (data) => asAsked(jobId, decodeJob(data), "jobId"),
    bare: (json) => typeof json === "object" && json !== null && !("code" in json) && "jobId" in json
  });
}
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

// src/backups.ts
async function newest(step, clusterId, listed, serves) {
  const groups2 = /* @__PURE__ */ new Map();
  for (const backup of listed) {
    const time2 = backup.createTime ?? 0;
    groups2.set(time2, [...groups2.get(time2) ?? [], backup]);
  }
  for (const time2 of [...groups2.keys()].sort((one, other) => other - one)) {
    let best;
    for (const { backupId } of groups2.get(time2) ?? []) {
      const described = await describeIfThere(step, clusterId, backupId);
      if (described?.status !== "AVAILABLE" || !serves(described)) continue;
      if (best === void 0 || (described.createTime ?? 0) > (best.createTime ?? 0)) best = described;
    }
    if (best !== void 0) return best;
  }
  return void 0;
}
async function describeIfThere(step, clusterId, backupId) {
  try {
    return await describeBackup(step.cloud, clusterId, backupId);
  } catch (error2) {
    if (error2 instanceof Refused && isNotFound(error2, "backup")) return void 0;
    throw error2;
  }
}
function lacking(contents, asked) {
  if (contents.kind === "unlisted") return void 0;
  const held2 = contents.kind === "flat" ? new Set(contents.collections) : new Set(contents.collections.map(formatName));
  return asked.filter((name) => !held2.has(contents.kind === "flat" ? name.collection : formatName(name))).map(formatName);
}
async function chooseBackup(step, clusterId, choice, type) {
  const backup = "latest" in choice ? await latestBackup(step, clusterId, choice.maxAge, type) : await namedBackup(step, clusterId, choice.backupId);
  step.publish("backupId", backup.backupId);
  step.publish("backupName", backup.backupName);
  const name = `Backup ${backup.backupId} of cluster ${clusterId}`;
  if (backup.status !== "AVAILABLE") {
    const wait2 = backup.status === "CREATING" ? " Wait for it with operation: wait." : "";
    throw new Failed(`${name} is ${plain(backup.status)}; only an AVAILABLE backup can be restored.${wait2}`);
  }
  if (type !== void 0 && backup.backupType !== type) {
    throw new Failed(
      `${name} is of type ${plain(backup.backupType ?? "unknown")}, and a new cluster needs one of type ${type}. Its collections can be restored into an existing cluster with operation: restore-collections.`
    );
  }
  return backup;
}
async function namedBackup(step, clusterId, backupId) {
  try {
    return await describeBackup(step.cloud, clusterId, backupId);
  } catch (error2) {
    if (!(error2 instanceof Refused && isNotFound(error2, "backup"))) throw error2;
    throw new Failed(`${error2.message} Check backup-id and cluster-id.`, { cause: error2 });
  }
}
async function latestBackup(step, clusterId, maxAge, type) {
  const listed = await listBackups(step.cloud, clusterId);
  const wanted = listed.filter(
    ({ status, backupType: backupType2 }) => status === "AVAILABLE" && (type === void 0 || backupType2 === type)
  );
  const serves = ({ backupType: backupType2 }) => type === void 0 || backupType2 === type;
  const found = await newest(step, clusterId, wanted, serves);
  const kind = type === void 0 ? "" : ` of type ${type}`;
  if (found === void 0) {
    throw new Failed(
      `backup-id: latest finds no AVAILABLE backup${kind} of cluster ${clusterId}. Found instead: ${told(listed)}.`
    );
  }
  const age = found.createTime === void 0 ? void 0 : step.clock.now() - found.createTime;
  if (maxAge !== void 0 && (age === void 0 || age > maxAge)) {
    const old2 = age === void 0 ? "of an age the service does not tell" : `${formatDuration(age)} old`;
    throw new Failed(
      `The newest AVAILABLE backup${kind} of cluster ${clusterId} is ${found.backupId}, ${old2}; max-age allows ${formatDuration(maxAge)}.`
    );
  }
  const old = age === void 0 ? "" : `, ${formatDuration(age)} old`;
  step.log(`backup-id: latest is ${found.backupId}${old}.`);
  return found;
}
var mostTold = 10;
function told(backups) {
  if (backups.length === 0) return "no backup at all";
  const each = backups.slice(0, mostTold).map(
    ({ backupId, backupType: backupType2, status }) => `${backupId} (${plain(backupType2 ?? "no type")}, ${plain(status)})`
  );
  const more = backups.length > mostTold ? ` and ${backups.length - mostTold} more` : "";
  return `${each.join(", ")}${more}`;
}

// src/goals.ts
function jobSuccessful(jobId, grace, of) {
  return {
    what: of === void 0 ? `job ${jobId}` : `job ${jobId} (${of})`,
    resource: "job",
    grace,
    settle: (running2) => running2.jobIds.delete(jobId),
    async look(step) {
      const { status, progress, reason } = await describeJob(patiently(step.cloud), jobId);
      if (status === "SUCCESSFUL") {
        return { line: "SUCCESSFUL", state: "reached" };
      }
      if (failedStates.has(status)) {
        const why = reason === void 0 ? "The service gives no reason." : `Reason: ${quote(reason)}.`;
        return { line: `${status}. ${why}`, state: "failed" };
      }
      const strange = jobStates.has(status) ? "" : " (a state this action does not know; waiting on)";
      return { line: `${plain(status)}${strange}`, state: "going", progress };
    }
  };
}
var jobStates = /* @__PURE__ */ new Set(["PENDING", "IN_PROGRESS", "CANCELING", "CANCELLING"]);
var failedStates = /* @__PURE__ */ new Set(["FAILED", "ERROR", "CANCELED", "CANCELLED"]);
function backupAvailable(backup, grace, seen) {
  return {
    what: `backup ${backup.backupId}`,
    resource: "backup",
    grace,
    settle: (running2) => {
      running2.backup = void 0;
    },
    async look(step) {
      const found = await describeBackup(patiently(step.cloud), backup.clusterId, backup.backupId);
      const lack = seen(found);
      const { status } = found;
      if (status === "AVAILABLE") {
        return lack === void 0 ? { line: "AVAILABLE", state: "reached" } : { line: `AVAILABLE, but ${lack}.`, state: "failed" };
      }
      if (failedStates.has(status) || status === "DELETED" || status === "DELETING") {
        return { line: `is ${status} and will not become AVAILABLE.`, state: "failed" };
      }
      return { line: plain(status), state: "going" };
    }
  };
}
var endedClusters = /* @__PURE__ */ new Set([
  "DELETING",
  "DELETED",
  "SUSPENDING",
  "SUSPENDED",
  "STOPPING",
  "STOPPED",
  "FREEZING",
  "FROZEN"
]);
function clusterRunning(clusterId, grace, seen) {
  return {
    what: `cluster ${clusterId}`,
    resource: "cluster",
    grace,
    settle: (running2) => {
      running2.clusterId = void 0;
    },
    async look(step) {
      const found = await describeCluster(patiently(step.cloud), clusterId);
      seen(found);
      const { status } = found;
      if (status === "RUNNING" && found.connectAddress !== void 0) {
        return { line: "RUNNING", state: "reached" };
      }
      if (endedClusters.has(status)) {
        return { line: `is ${status} and will not become RUNNING by itself.`, state: "failed" };
      }
      const line = status === "RUNNING" ? "RUNNING, without an address yet" : plain(status);
      return { line, state: "going" };
    }
  };
}

// src/lost.ts
var lookLimit = 3e4;
var betweenLooks = 2e3;
var shortestLook = 1e3;
function maybeStarted(error2) {
  return error2 instanceof NoAnswer && error2.arrived && error2.kind === "fault";
}
async function lookForLost(step, lost, look) {
  const { clock: clock2 } = step;
  const start2 = clock2.elapsed();
  const end2 = Math.min(step.deadline, start2 + lookLimit);
  let result = new Error("It was not looked for.");
  let deadline = Math.max(end2, start2 + lookLimit);
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
    deadline = end2;
    if (clock2.elapsed() + betweenLooks + shortestLook > end2) return result;
    await clock2.pause(betweenLooks).catch(cancelled);
  }
}

// src/reach.ts
var graceOfOwn = 6e4;
var graceOfOthers = 15e3;
async function reach(step, goals, options) {
  const { clock: clock2, deadline } = step;
  const start2 = clock2.elapsed();
  const failures = [];
  const states = /* @__PURE__ */ new Map();
  const news = newsFilter(clock2);
  const open = new Set(goals);
  const lookAtAll = async () => {
    const progress = [];
    for (const goal of open) {
      const sight = await lookOnce(step, goal, clock2.elapsed() - start2, options.together ?? false);
      const percent = sight.progress === void 0 ? "" : `, ${Math.floor(sight.progress)} %`;
      const line = `${capital(goal.what)}: ${sight.line}`;
      states.set(goal, `${sight.line}${percent}`);
      if (news.isNew(goal.what, goals.length > 5 ? line : `${line}${percent}`)) {
        step.log(`${line}${percent} (${formatDuration(clock2.elapsed() - start2)})`);
      }
      if (sight.state === "going") progress.push(sight.progress);
      else open.delete(goal);
      if (sight.state !== "going" && !(sight.unreadable && goal.grace === graceOfOwn))
        goal.settle(step.running);
      if (sight.state === "failed") failures.push(line);
    }
    return progress;
  };
  const round = async () => {
    const progress = await lookAtAll();
    const over = options.together && failures.length > 0;
    if (over) await lookAtAll();
    if (open.size > 0 && news.isQuiet()) {
      const [first] = open;
      step.log(
        `Still waiting for ${first?.what}, ${open.size} in all (${formatDuration(clock2.elapsed() - start2)})`
      );
    }
    if (open.size === 0 || over) return { done: void 0 };
    return { progress: progress.includes(void 0) ? void 0 : Math.min(...progress) };
  };
  const late2 = () => {
    const still = [...open].map((goal) => `${goal.what} is ${states.get(goal) ?? "not read yet"}`);
    return `The time is over: ${still.join("; ")}.`;
  };
  try {
    await waitUntil(round, { clock: clock2, deadline, longest: options.pollInterval, late: late2 });
  } catch (error2) {
    if (error2 instanceof Error) error2.message = [...failures, error2.message].join("\n");
    throw error2;
  }
  if (failures.length > 0) throw new Failed(failures.join("\n"));
}
async function lookOnce(step, goal, waited, together) {
  try {
    return await goal.look(step);
  } catch (error2) {
    if (!(error2 instanceof Refused) || error2.ofTheKey) throw error2;
    if (isNotFound(error2, goal.resource) && waited < goal.grace) {
      return { line: "not readable yet", state: "going" };
    }
    if (together) throw error2;
    return { line: error2.message, state: "failed", unreadable: true };
  }
}
function capital(text2) {
  return text2.charAt(0).toUpperCase() + text2.slice(1);
}

// src/backing-up.ts
async function startBackup(order, step, listed) {
  const { clusterId } = order;
  const remember = (started2) => {
    if (started2.jobId !== void 0) step.running.jobIds.add(started2.jobId);
    step.running.backup = { clusterId, backupId: started2.backupId };
    const job = started2.jobId === void 0 ? "" : `: job ${started2.jobId}`;
    step.log(`Backup ${started2.backupId} of cluster ${clusterId} has started${job}.`);
    if (order.crossRegionCopies.length > 0) {
      step.log(
        "Its copies in other regions start after it. The service tells no jobs of theirs, so they are not waited for."
      );
    }
    return started2;
  };
  let before = listed;
  for (; ; ) {
    before = await freeOfBackups(order, step, before);
    try {
      return remember(await createBackup(step.cloud, clusterId, backupBody(order)));
    } catch (error2) {
      if (maybeStarted(error2)) return remember(await adoptBackup(order, step, before, error2));
      if (!(error2 instanceof Refused)) throw error2;
      const running2 = await afterRefusal(order, step, error2);
      const inDoubt = error2.status >= 500 || typeof error2.code === "string";
      if (inDoubt && addedSince(order, before, running2).length > 0) {
        return remember(await adoptBackup(order, step, before, error2));
      }
      before = running2;
    }
  }
}
async function backupDone(order, step, started2) {
  const { pollInterval } = order;
  if (started2.jobId !== void 0) {
    await reach(step, [jobSuccessful(started2.jobId, graceOfOwn)], { pollInterval });
  }
  const backup = { clusterId: order.clusterId, backupId: started2.backupId };
  const check = (found) => {
    const lack = lacking(found.contents, askedNames(order)) ?? [];
    return lack.length === 0 ? void 0 : `it does not hold ${lack.map(plain).join(", ")}`;
  };
  await reach(step, [backupAvailable(backup, graceOfOwn, check)], { pollInterval });
}
function backupType(order) {
  return order.collections === void 0 ? "CLUSTER" : "COLLECTION";
}
function askedNames({ collections }) {
  return (collections?.collections ?? []).map((collection) => ({
    database: collections?.database ?? "",
    collection
  }));
}
function backupBody(order) {
  const { collections, crossRegionCopies } = order;
  return {
    backupType: backupType(order),
    ...collections && {
      dbCollections: [{ dbName: collections.database, collectionNames: collections.collections }]
    },
    ...crossRegionCopies.length > 0 && {
      crossRegionCopies: crossRegionCopies.map((regionId) => ({ regionId }))
    }
  };
}
function backupsRunning(backups) {
  return backups.filter((backup) => backup.status === "CREATING");
}
function busySentence(order, busy) {
  const names2 = busy.map(
    ({ backupId, creationMethod }) => creationMethod ? `${backupId} (${plain(creationMethod)})` : backupId
  );
  const sentence = `Cluster ${order.clusterId} is being backed up already: ${names2.join(", ")} is CREATING.`;
  if (order.ifBusy === "wait") return sentence;
  throw new Failed(`${sentence} Wait for it, or let this step wait with if-busy: wait.`);
}
async function freeOfBackups(order, step, listed) {
  const busy = backupsRunning(listed);
  if (busy.length === 0) return listed;
  step.log(`${busySentence(order, busy)} Waiting for it to end, since only one can run at a time.`);
  const { clock: clock2, deadline } = step;
  await clock2.pause(Math.min(order.pollInterval, 2e3));
  const late2 = () => `The time is over: another backup of cluster ${order.clusterId} is still running.`;
  return waitUntil(
    async () => {
      const now = await listBackups(patiently(step.cloud), order.clusterId);
      return backupsRunning(now).length === 0 ? { done: now } : { progress: void 0 };
    },
    { clock: clock2, deadline, longest: order.pollInterval, late: late2 }
  );
}
async function afterRefusal(order, step, refused) {
  const otherwise = ["key", "permission", "not-found", "parameter"];
  if (otherwise.some((group) => group === refused.group) || [401, 403, 404].includes(refused.status))
    throw refused;
  const { clusterId } = order;
  try {
    const listed = await listBackups(step.cloud, clusterId);
    if (backupsRunning(listed).length > 0) return listed;
    const { status } = await describeCluster(step.cloud, clusterId);
    throw new Failed(`${refused.message} Cluster ${clusterId} is ${plain(status)}.`, { cause: refused });
  } catch (error2) {
    if (error2 instanceof Cancelled || error2 instanceof Failed) throw error2;
    const cause = error2 instanceof Error ? error2.message : String(error2);
    throw new Failed(`${refused.message}
The state of cluster ${clusterId} is not known. ${cause}`, {
      cause: refused
    });
  }
}
function addedSince(order, before, now) {
  const known = new Set(before.map(({ backupId }) => backupId));
  const type = backupType(order);
  return now.filter(
    ({ backupId, creationMethod, backupType: backupType2 }) => !known.has(backupId) && creationMethod === "MANUAL" && backupType2 === type
  );
}
async function adoptBackup(order, step, before, lost) {
  step.log(`${lost.message} Looking whether the backup has started.`);
  const result = await lookForLost(step, lost, async (cloud) => {
    const added2 = addedSince(order, before, await listBackups(cloud, order.clusterId));
    return added2.length > 0 ? added2 : void 0;
  });
  const added = typeof result === "object" && "found" in result ? result.found : [];
  const [only] = added;
  if (only !== void 0 && added.length === 1)
    return { backupId: only.backupId, backupName: only.backupName };
  const seen = added.length > 1 ? `These are new, and any may be it: ${added.map(({ backupId }) => backupId).join(", ")}.` : result instanceof Error ? `It could not be looked for: ${result.message}` : "No new backup is listed.";
  throw new Failed(
    `${lost.message} The backup may have started all the same. ${seen} Look at the backups of cluster ${order.clusterId} in the console before running this step again.`,
    { cause: lost }
  );
}

// src/operations/create-backup.ts
async function createBackup2(request, step) {
  const { clusterId } = request;
  const listed = await listBackups(step.cloud, clusterId);
  const fresh = await freshBackup(request, step, listed);
  if (fresh !== void 0) {
    step.publish("backupId", fresh.backupId);
    step.publish("backupName", fresh.backupName);
    step.publishFlag("created", false);
    if (request.dryRun) step.publishList("plan", []);
    return request.dryRun ? "planned" : "skipped";
  }
  if (request.dryRun) {
    await describeCluster(step.cloud, clusterId);
    const busy = backupsRunning(listed);
    if (busy.length > 0) step.log(`${busySentence(request, busy)} The step would wait for it to end.`);
    step.publishList("plan", [
      { method: "POST", path: paths.createBackup(clusterId), body: backupBody(request) }
    ]);
    return "planned";
  }
  const started2 = await startBackup(request, step, listed);
  step.publish("jobId", started2.jobId);
  if (started2.jobId !== void 0) step.publishList("jobIds", [started2.jobId]);
  step.publish("backupId", started2.backupId);
  step.publish("backupName", started2.backupName);
  step.publishFlag("created", true);
  if (!request.wait) return "started";
  await backupDone(request, step, started2);
  return "succeeded";
}
async function freshBackup(request, step, listed) {
  const { clusterId, skipIfNewerThan } = request;
  if (skipIfNewerThan === void 0) return void 0;
  const ofType = listed.filter(
    (backup) => backup.backupType === backupType(request) && backup.status === "AVAILABLE"
  );
  const holdsAll = ({ contents }) => request.collections === void 0 || contents.kind === "by-database" && lacking(contents, askedNames(request))?.length === 0;
  const found = await newest(step, clusterId, ofType, holdsAll);
  if (found?.createTime === void 0) return void 0;
  const age = step.clock.now() - found.createTime;
  if (age >= skipIfNewerThan) return void 0;
  step.notice(
    `No new backup: ${found.backupId} of cluster ${clusterId} is ${formatDuration(age)} old, younger than skip-if-newer-than.`
  );
  return found;
}

// src/clusters.ts
var idShape = /^in\d\d-[0-9a-z]+$/;
async function findTarget(step, target) {
  const found = await lookUpTarget(step, target);
  if (found !== void 0) return found;
  const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
  throw new Failed(
    `There is no cluster with the id or name ${quote(target.cluster)}${where} that this key can see. Check target-cluster${target.projectId === void 0 ? "" : " and target-project-id"}.`
  );
}
async function lookUpTarget(step, target) {
  const { cluster: wanted, projectId } = target;
  if (idShape.test(wanted)) {
    const described = await describeIfThere2(step, wanted);
    if (described !== void 0 && inProject(described, projectId)) return described;
  }
  const listed = (await listClusters(step.cloud, projectId)).filter(
    (cluster) => cluster.status !== "DELETED" && inProject(cluster, projectId)
  );
  const byId = listed.find((cluster) => cluster.clusterId === wanted);
  const named = byId ? [byId] : listed.filter((cluster) => cluster.clusterName === wanted);
  if (named.length > 1) {
    const each = named.map(({ clusterId, projectId: of, status }) => {
      const project = of === void 0 ? "" : ` in project ${plain(of)}`;
      return `${clusterId}${project}, ${plain(status)}`;
    });
    throw new Failed(
      `target-cluster: several clusters have the name ${quote(wanted)}: ${each.join("; ")}. Give the id, or narrow it with target-project-id.`
    );
  }
  return named[0];
}
function inProject(cluster, projectId) {
  return projectId === void 0 || cluster.projectId === void 0 || cluster.projectId === projectId;
}
async function describeIfThere2(step, clusterId) {
  try {
    return await describeCluster(step.cloud, clusterId);
  } catch (error2) {
    if (error2 instanceof Refused && isNotFound(error2, "cluster")) return void 0;
    throw error2;
  }
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
var afterRefusal2 = 2e3;
async function whenSettled(step, clusterId, pace, send2) {
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
      await step.clock.pause(Math.min(pace.pollInterval, afterRefusal2));
      const late2 = (now) => `cluster ${clusterId} is still ${now}`;
      await untilState(step, clusterId, pace, (now) => !inChange.has(now), late2);
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
async function drop(step, clusterId, pace) {
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
  const outcome = await whenSettled(step, clusterId, pace, send2);
  if (outcome !== "dropped") return outcome;
  const late2 = (now) => `cluster ${clusterId} was dropped but still shows ${now}`;
  await untilState(step, clusterId, pace, isGoing, late2);
  return outcome;
}
async function clustersNamed(step, name, projectId) {
  const listed = await listClusters(step.cloud, projectId);
  return listed.filter(({ clusterName, status }) => clusterName === name && status !== "DELETED");
}
async function nameFree(step, name, projectId, pace) {
  const { clock: clock2, deadline } = step;
  const patient = { ...step, cloud: patiently(step.cloud) };
  let holders = [];
  const late2 = () => {
    const each = holders.map(({ clusterId, status }) => `${clusterId} (${plain(status)})`);
    return `The time is over: the name is still held by ${each.join(", ")}.`;
  };
  await waitUntil(
    async () => {
      holders = await clustersNamed(patient, name, projectId);
      return holders.length === 0 ? { done: true } : { progress: void 0 };
    },
    { clock: clock2, deadline, longest: pace.pollInterval, late: late2 }
  );
}

// src/operations/delete-cluster.ts
async function deleteCluster(request, step) {
  const { target, protectedClusters } = request;
  const found = await lookUpTarget(step, target);
  if (found === void 0 || found.status === "DELETED") {
    const where = target.projectId === void 0 ? "" : ` in project ${target.projectId}`;
    step.notice(`Nothing to drop: there is no cluster with the id or name ${quote(target.cluster)}${where}.`);
    if (request.dryRun) step.publishList("plan", []);
    return request.dryRun ? "planned" : "skipped";
  }
  const { clusterId, clusterName, status } = found;
  step.publish("clusterId", clusterId);
  step.publish("clusterName", clusterName);
  if (protectedClusters.includes(clusterId) || protectedClusters.includes(clusterName ?? "")) {
    throw new Failed(
      `Cluster ${clusterId} (${plain(status)}) is one of protected-clusters: it is not dropped.`
    );
  }
  if (request.dryRun) {
    step.publishList(
      "plan",
      isGoing(status) ? [] : [{ method: "DELETE", path: paths.dropCluster(clusterId) }]
    );
    return "planned";
  }
  if (isGoing(status)) {
    step.notice(`Nothing to drop: cluster ${clusterId} is ${plain(status)} already.`);
    return "skipped";
  }
  step.log(`Dropping cluster ${clusterId}, which is ${plain(status)}.`);
  await drop(step, clusterId, request);
  step.log(`Cluster ${clusterId} is dropped. It stays in the recycle bin for 30 days.`);
  return "succeeded";
}

// src/restoring.ts
var clockDifference = 3e5;
async function sendRestore(order, step) {
  const { clusterName, deleteAfterJob } = order.request;
  const tries = { since: step.clock.now() };
  const intent = { clusterName, projectId: order.projectId, since: tries.since };
  if (deleteAfterJob) step.saveState("intent", JSON.stringify(intent));
  try {
    return await sendUntilKnown(order, step, tries);
  } catch (error2) {
    const onItsWay = tries.lost !== void 0 || error2 instanceof Cancelled && error2.onItsWay;
    if (deleteAfterJob && !onItsWay && !tries.made) step.saveState("intent", "");
    if (error2 instanceof Error && step.running.made === void 0) {
      if (tries.lost !== void 0 && !(error2 instanceof Failed)) error2.message += ` ${lookFirst(order)}`;
      if (order.droppedId !== void 0) error2.message += ` ${inRecycleBin(order.droppedId)}`;
    }
    throw error2;
  }
}
async function sendUntilKnown(order, step, tries) {
  const { request, backupId, body } = order;
  for (; ; ) {
    try {
      const made = await restoreCluster(step.cloud, { clusterId: request.clusterId, backupId }, body);
      tries.made = true;
      step.publish("password", made.password);
      own(order, step, made.clusterId);
      step.publish("username", made.username);
      step.publish("jobId", made.jobId);
      step.publishList("jobIds", [made.jobId]);
      step.running.jobIds.add(made.jobId);
      if (made.password === void 0) {
        step.warning("The service gave no password for the new cluster. Reset it in the console.");
      }
      return made;
    } catch (error2) {
      if (maybeStarted(error2)) {
        const again = tries.lost !== void 0;
        tries.lost ??= error2;
        const nothing = await afterLoss(order, step, tries.since, error2);
        if (again) throw new Failed(`${nothing} ${lookFirst(order)}`, { cause: error2 });
        step.log(`${nothing} Names are unique in a project, so sending it once more is safe.`);
      } else if (!(error2 instanceof Refused)) {
        throw error2;
      } else if (!await nameIsFreeAgain(order, step, tries, error2)) {
        const offer = error2.code === badNameCode ? offerSafeName(request.clusterName) : "";
        const maybe = tries.lost === void 0 ? "" : ` ${lookFirst(order)}`;
        throw new Failed(`${error2.message}${offer}${maybe}`, { cause: error2 });
      }
    }
  }
}
function own({ request }, step, clusterId) {
  step.publish("clusterId", clusterId);
  if (request.deleteAfterJob) step.saveState("clusterId", clusterId);
  step.publish("clusterName", request.clusterName);
  step.publishFlag("created", true);
  step.running.clusterId = clusterId;
  step.running.made = clusterId;
}
async function afterLoss(order, step, since, lost) {
  step.log(`${lost.message} Looking whether the cluster is being made.`);
  const result = await lookForLost(step, lost, async (cloud) => {
    const added = await madeSince({ ...step, cloud }, order, since);
    return added.length > 0 ? added : void 0;
  });
  if (result === "nothing") return `${lost.message} No new cluster of that name is listed.`;
  if (result instanceof Error) {
    throw new Failed(`${lost.message} It could not be looked for: ${result.message} ${lookFirst(order)}`, {
      cause: lost
    });
  }
  throw passwordLost(order, step, result.found, lost);
}
function passwordLost(order, step, found, lost) {
  const [only] = found;
  if (only === void 0 || found.length > 1) {
    const ids = found.map(({ clusterId }) => clusterId).join(", ");
    return new Failed(`${lost.message} Several new clusters have that name: ${ids}. ${lookFirst(order)}`, {
      cause: lost
    });
  }
  own(order, step, only.clusterId);
  step.publish("connectAddress", only.connectAddress);
  return new Failed(
    `${lost.message} The restore has started all the same: cluster ${only.clusterId} is ${only.status}. Its password was in the answer that was lost. Two ways on: reset the password of db_admin in the console, or run the step again with if-exists: replace.`,
    { cause: lost }
  );
}
function lookFirst({ projectId, request }) {
  return `The restore may have started: look for cluster ${request.clusterName} of project ${projectId} in the console before running this step again.`;
}
async function madeSince(step, order, since) {
  const named = await clustersNamed(step, order.request.clusterName, order.projectId);
  return named.filter(
    ({ clusterId, createTime }) => !order.before.includes(clusterId) && createTime !== void 0 && createTime >= since - clockDifference
  );
}
async function nameIsFreeAgain(order, step, tries, refused) {
  const { request, projectId, droppedId } = order;
  if (!nameTakenCodes.some((code) => code === refused.code)) return false;
  if (tries.lost !== void 0) {
    await afterLoss(order, step, tries.since, tries.lost);
  }
  if (droppedId === void 0) return false;
  step.log(`The name is still held by dropped cluster ${droppedId}. Waiting for it.`);
  await step.clock.pause(Math.min(request.pollInterval, afterNameTaken));
  await nameFree(step, request.clusterName, projectId, request);
  return true;
}
var afterNameTaken = 5e3;
function inRecycleBin(clusterId) {
  return `Cluster ${clusterId}, which held the name, is dropped: it stays in the recycle bin for 30 days and can be restored from there in the console.`;
}

// src/operations/restore-cluster.ts
async function restoreCluster2(request, step) {
  const { clusterId, clusterName, ifExists } = request;
  const backup = await chooseBackup(step, clusterId, request.backup, "CLUSTER");
  const projectId = request.projectId ?? backup.projectId;
  if (projectId === void 0) {
    throw new BadInput([
      "target-project-id: the backup does not tell its project; give the project of the new cluster"
    ]);
  }
  const existing = await existingCluster(step, request, projectId);
  if (existing !== void 0 && ifExists === "reuse") return reuse(request, step, existing);
  const body = {
    // Sources disagree about the name of this field, so it goes out under both (F47).
    projectId,
    targetProjectId: projectId,
    clusterName,
    cuSize: request.cuSize ?? await sourceSize(step, clusterId),
    collectionStatus: request.collectionStatus,
    ...request.versionPolicy && { restoreVersionPolicy: request.versionPolicy }
  };
  if (request.dryRun) {
    const path = paths.restoreCluster(clusterId, backup.backupId);
    step.publishList("plan", [
      ...existing && !isGoing(existing.status) ? [{ method: "DELETE", path: paths.dropCluster(existing.clusterId) }] : [],
      { method: "POST", path, body }
    ]);
    return "planned";
  }
  if (existing !== void 0) await makeRoom(request, step, existing, projectId);
  const before = existing === void 0 ? [] : [existing.clusterId];
  const made = await sendRestore(
    { request, backupId: backup.backupId, projectId, body, before, droppedId: existing?.clusterId },
    step
  );
  step.log(`Cluster ${made.clusterId} is being made from backup ${backup.backupId}.`);
  if (!request.wait) return "started";
  await clusterDone(request, step, made.clusterId, [made.jobId]);
  return "succeeded";
}
async function clusterDone({ pollInterval }, step, clusterId, jobIds) {
  const grace = jobIds.length > 0 ? graceOfOwn : 0;
  const seen = (found) => step.publish("connectAddress", found.connectAddress);
  const goals = [...jobIds.map((jobId) => jobSuccessful(jobId, grace)), clusterRunning(clusterId, grace, seen)];
  try {
    await reach(step, goals, { pollInterval, together: true });
  } catch (error2) {
    if (!(error2 instanceof Failed) || jobIds.length === 0) throw error2;
    step.running.clusterId = void 0;
    throw new Failed(`${error2.message}
${await whatBecame(step, clusterId)}`, { cause: error2 });
  }
}
async function whatBecame(step, clusterId) {
  const drop2 = `drop it with operation: delete-cluster and target-cluster: ${clusterId}.`;
  try {
    const state = await stateOf(step, clusterId);
    if (state === "GONE") return `Cluster ${clusterId} is gone.`;
    return isGoing(state) ? `Cluster ${clusterId} is ${plain(state)}.` : `Cluster ${clusterId} is ${plain(state)}. It may stay and cost money: ${drop2}`;
  } catch (error2) {
    if (error2 instanceof Cancelled) throw error2;
    return `The state of cluster ${clusterId} is not known. It may stay and cost money: ${drop2}`;
  }
}
async function reuse(request, step, existing) {
  const { clusterId } = existing;
  if (isGoing(existing.status)) {
    throw new Failed(
      `Cluster ${clusterId} has the name but is ${plain(existing.status)}, so it is not reused. Run the step again when it is gone.`
    );
  }
  step.publish("clusterId", clusterId);
  step.publish("clusterName", existing.clusterName);
  step.publish("connectAddress", existing.connectAddress);
  step.publishFlag("created", false);
  step.log(`Cluster ${clusterId} has the name ${quote(request.clusterName)} already and is used.`);
  if (request.dryRun) {
    step.publishList("plan", []);
    return "planned";
  }
  if (!request.wait) return "skipped";
  step.running.clusterId = clusterId;
  await clusterDone(request, step, clusterId, []);
  return "succeeded";
}
async function existingCluster(step, request, projectId) {
  const { clusterName, clusterId, ifExists, protectedClusters } = request;
  const named = await clustersNamed(step, clusterName, projectId);
  const [existing] = named;
  if (existing === void 0) return void 0;
  const each = named.map((cluster) => `${cluster.clusterId} (${plain(cluster.status)})`).join(", ");
  const taken = `The name ${quote(clusterName)} is used in project ${projectId} by cluster ${each}.`;
  if (named.length > 1) throw new Failed(`${taken} With several, none is reused or replaced.`);
  if (ifExists === "fail") {
    throw new Failed(`${taken} Choose another target-cluster, or set if-exists to reuse or replace.`);
  }
  if (ifExists === "replace") {
    if (existing.clusterId === clusterId)
      throw new Failed(`${taken} It is the source cluster, which is never replaced.`);
    if (protectedClusters.includes(existing.clusterId)) {
      throw new Failed(`${taken} It is one of protected-clusters, which are never replaced.`);
    }
  }
  return existing;
}
async function makeRoom(request, step, existing, projectId) {
  const { clusterId, status } = existing;
  if (!isGoing(status)) {
    step.log(`Dropping cluster ${clusterId} to replace it.`);
    await drop(step, clusterId, request);
  }
  await nameFree(step, request.clusterName, projectId, request);
}
async function sourceSize(step, clusterId) {
  const give = "give the compute units of the new cluster";
  try {
    const { cuSize } = await describeCluster(step.cloud, clusterId);
    if (cuSize !== void 0 && cuSize >= 1) return cuSize;
    throw new BadInput([
      `cu-size: the service does not tell the size of source cluster ${clusterId}; ${give}`
    ]);
  } catch (error2) {
    if (!(error2 instanceof Refused && isNotFound(error2, "cluster"))) throw error2;
    throw new BadInput([`cu-size: source cluster ${clusterId} is gone, so its size is not known; ${give}`]);
  }
}

// src/expansion.ts
function expand(selections, contents, status) {
  const problems = [];
  const entries = [];
  for (const selection of selections) {
    const { line } = selection;
    if (selection.kind === "collection") {
      const missing = lacking(contents, [selection.from]) ?? [];
      if (missing.length > 0) problems.push(`${line}: ${formatName(selection.from)} is not in the backup`);
      entries.push({ line, from: selection.from, to: selection.to, status: selection.status ?? status });
      continue;
    }
    if (contents.kind !== "by-database") {
      if (selection.kind === "everything") return { kind: "everything" };
      problems.push(
        `${line}: the service does not list which collections of the backup are in which database. Name them, or take everything with *`
      );
      continue;
    }
    const listed = new Map(contents.collections.map((name) => [formatName(name), name]));
    const inDatabase = [...listed.values()].filter(
      ({ database }) => selection.kind === "everything" || database === selection.from
    );
    if (inDatabase.length === 0) problems.push(`${line}: the backup holds no collections of that database`);
    for (const from of inDatabase) {
      const to = selection.kind === "everything" ? from : { ...from, database: selection.to };
      entries.push({ line, from, to, status: selection.kind === "database" && selection.status || status });
    }
  }
  if (problems.length > 0) problems.push(`the backup holds ${held(contents)}`);
  problems.push(...collisions(entries));
  if (problems.length > 0) throw new BadInput(problems.map((problem) => `collections: ${problem}`));
  return { kind: "entries", entries: entries.map(({ from, to, status: status2 }) => ({ from, to, status: status2 })) };
}
function collisions(entries) {
  const problems = [];
  const lines = /* @__PURE__ */ new Map();
  for (const { line, to } of entries) {
    const before = lines.get(formatName(to));
    if (before === void 0) lines.set(formatName(to), line);
    else problems.push(`${line}: ${plain(formatName(to))} is a destination already in ${before}`);
  }
  return problems;
}
var mostNames = 50;
function held(contents) {
  const names2 = contents.kind === "unlisted" ? [] : contents.kind === "flat" ? contents.collections : contents.collections.map(formatName);
  const more = names2.length > mostNames ? ` and ${names2.length - mostNames} more` : "";
  return names2.length === 0 ? "collections that the service does not list" : `${names2.slice(0, mostNames).map(plain).join(", ")}${more}`;
}

// src/operations/restore-collections.ts
async function restoreCollections(request, step) {
  const { clusterId } = request;
  const target = await findTarget(step, request.target);
  refuseTarget(request, target);
  step.publish("clusterId", target.clusterId);
  step.publish("clusterName", target.clusterName);
  step.publish("connectAddress", target.connectAddress);
  const backup = await chooseBackup(step, clusterId, request.backup, void 0);
  const parts = partsOf(request, step, backup, target);
  const source = { clusterId, backupId: backup.backupId };
  if (request.dryRun) {
    const path = paths.restoreCollection(clusterId, backup.backupId);
    const safety = {
      method: "POST",
      path: paths.createBackup(target.clusterId),
      body: backupBody(safetyOrder(request, target))
    };
    const plan = parts.map(({ body }) => ({ method: "POST", path, body }));
    step.publishList("plan", request.safetyBackup ? [safety, ...plan] : plan);
    return "planned";
  }
  if (request.safetyBackup) await takeSafetyBackup(request, step, target);
  const { jobs, failures } = await startAll(request, step, source, target, parts);
  if (request.wait) {
    const goals = jobs.map(({ jobId, what }) => jobSuccessful(jobId, graceOfOwn, what));
    try {
      await reach(step, goals, { pollInterval: request.pollInterval });
    } catch (error2) {
      if (!(error2 instanceof Failed)) throw withFailures(error2, failures);
      failures.push(error2.message);
    }
  }
  if (failures.length > 0) {
    const fine = jobs.length > 0 ? ` ${jobs.length} of ${parts.length} have started.` : "";
    throw new Failed(`Not every collection is restored.${fine}
${failures.join("\n")}`);
  }
  return request.wait ? "succeeded" : "started";
}
function withFailures(error2, failures) {
  if (error2 instanceof Error && failures.length > 0)
    error2.message = `${error2.message}
${failures.join("\n")}`;
  return error2;
}
function refuseTarget({ protectedClusters, clusterId, selections }, target) {
  if (protectedClusters.includes(target.clusterId) || protectedClusters.includes(target.clusterName ?? "")) {
    throw new Failed(`Cluster ${target.clusterId} is one of protected-clusters: nothing is restored into it.`);
  }
  const problems = target.clusterId === clusterId ? sourceProblems(selections) : [];
  if (problems.length > 0) throw new BadInput(problems.map((problem) => `collections: ${problem}`));
}
function partsOf(request, step, backup, target) {
  const expansion = expand(request.selections, backup.contents, request.collectionStatus);
  const destClusterId = target.clusterId;
  if (expansion.kind === "everything") {
    step.warning(
      `The service does not list what backup ${backup.backupId} holds by database, so everything is restored with one request. Its collections arrive unloaded.`
    );
    return [{ what: "everything", body: { destClusterId } }];
  }
  return expansion.entries.map((entry) => ({
    what: describeEntry(entry),
    body: {
      destClusterId,
      dbCollections: [
        {
          dbName: entry.from.database,
          destDbName: entry.to.database,
          collections: [
            {
              collectionName: entry.from.collection,
              destCollectionName: entry.to.collection,
              destCollectionStatus: entry.status
            }
          ]
        }
      ]
    }
  }));
}
function describeEntry({ from, to }) {
  const [source, destination] = [plain(formatName(from)), plain(formatName(to))];
  return source === destination ? source : `${source} as ${destination}`;
}
function safetyOrder({ ifBusy, pollInterval }, target) {
  return { clusterId: target.clusterId, collections: void 0, crossRegionCopies: [], ifBusy, pollInterval };
}
async function takeSafetyBackup(request, step, target) {
  const order = safetyOrder(request, target);
  const started2 = await startBackup(order, step, await listBackups(step.cloud, target.clusterId));
  step.publish("safetyBackupId", started2.backupId);
  await backupDone(order, step, started2);
}
async function startAll(request, step, source, target, parts) {
  const jobs = [];
  const failures = [];
  for (const { what, body } of parts) {
    try {
      const send2 = () => restoreCollection(step.cloud, source, what, body);
      const jobId = await whenSettled(step, target.clusterId, request, send2);
      jobs.push({ jobId, what });
      step.publish("jobId", jobs[0]?.jobId);
      step.publishList(
        "jobIds",
        jobs.map((job) => job.jobId)
      );
      step.running.jobIds.add(jobId);
      step.log(`Restore of ${what} has started: job ${jobId}.`);
    } catch (error2) {
      if (error2 instanceof NoAnswer) {
        const maybe = maybeStarted(error2) ? ` The restore of ${what} may have started all the same: look at cluster ${target.clusterId} before running this step again.` : "";
        failures.push(`${error2.message}${maybe} Nothing more was started.`);
        break;
      }
      if (!(error2 instanceof Refused || error2 instanceof Failed)) throw withFailures(error2, failures);
      failures.push(error2.message);
      step.log(error2.message);
    }
  }
  return { jobs, failures };
}

// src/operations/wait.ts
async function wait(request, step) {
  const { jobIds, backup, target } = request;
  const goals = [];
  if (jobIds.length > 0) {
    step.publish("jobId", jobIds[0]);
    step.publishList("jobIds", jobIds);
    for (const jobId of jobIds) {
      step.running.jobIds.add(jobId);
      goals.push(jobSuccessful(jobId, graceOfOthers));
    }
  }
  if (backup !== void 0) {
    step.publish("backupId", backup.backupId);
    step.running.backup = backup;
    goals.push(
      backupAvailable(backup, 0, (found) => {
        step.publish("backupName", found.backupName);
        return void 0;
      })
    );
  }
  if (target !== void 0) {
    const { clusterId } = await findTarget(step, target);
    step.publish("clusterId", clusterId);
    step.running.clusterId = clusterId;
    goals.push(
      clusterRunning(clusterId, 0, (found) => {
        step.publish("clusterName", found.clusterName);
        step.publish("connectAddress", found.connectAddress);
      })
    );
  }
  await reach(step, goals, { pollInterval: request.pollInterval });
  return "succeeded";
}

// src/report.ts
var marks = {
  succeeded: "✅",
  started: "🚀",
  skipped: "⏭️",
  planned: "📝",
  failed: "❌",
  "timed-out": "⌛",
  cancelled: "🛑"
};
var notInTable = ["status"];
function summaryPage({ operation, status, facts: facts2, error: error2, left }) {
  const rows = [...facts2].filter(([name]) => !notInTable.includes(name)).map(([name, value]) => `<tr><td>${name}</td><td>${cell(value)}</td></tr>`);
  return [
    `<h2>${marks[status]} ${escapeText(operation)}: ${status}</h2>`,
    ...error2 === void 0 ? [] : [`<p>${escapeText(error2).replaceAll("\n", "<br>")}</p>`],
    ...rows.length === 0 ? [] : [`<table><tr><th>Output</th><th>Value</th></tr>${rows.join("")}</table>`],
    ...left.map(({ title, lines }) => `<p>${title}</p>
<pre>${escapeText(lines.join("\n"))}</pre>`),
    ""
  ].join("\n");
}
function cell(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? "<code>[]</code>" : value.map(
      (item) => typeof item === "string" ? `<code>${escapeText(item)}</code>` : `<pre>${escapeText(JSON.stringify(item, null, 2))}</pre>`
    ).join("<br>");
  }
  return `<code>${escapeText(typeof value === "object" ? JSON.stringify(value) : String(value))}</code>`;
}
function escapeText(text2) {
  return redact(text2).replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n").replace(/[^\P{C}\n]/gu, " ").replace(/\n(?:[^\S\n]*\n)+/g, "\n").replace(/[&<>"`*~[\]|\\@]/g, (character) => `&#${character.codePointAt(0)};`);
}
function explain(failure) {
  if (!(failure instanceof Error)) return `Unexpected failure: ${String(failure)}`;
  const own2 = [BadInput, Failed, Refused, NoAnswer, TimedOut, Cancelled];
  return own2.some((kind) => failure instanceof kind) ? failure.message : `Unexpected failure: ${failure.message}. This is a defect of the action: please report it.`;
}

// src/main.ts
process.exitCode = 1;
var stop = new AbortController();
var clock = systemClock(stop.signal);
var started = clock.elapsed();
var startedAt = new Date(clock.now()).toISOString();
var running = { jobIds: /* @__PURE__ */ new Set() };
var ended = false;
async function story() {
  const fallbackKey = maskInputs();
  const request = parseInputs(readInput, fallbackKey);
  const deadline = clock.elapsed() + request.timeout;
  return run(request, openStep(request, { clock, deadline, stop: stop.signal }, running));
}
function run(request, step) {
  switch (request.operation) {
    case "create-backup":
      return createBackup2(request, step);
    case "restore-cluster":
      return restoreCluster2(request, step);
    case "restore-collections":
      return restoreCollections(request, step);
    case "delete-cluster":
      return deleteCluster(request, step);
    case "wait":
      return wait(request, step);
  }
}
function end(status, failure) {
  if (ended) return;
  ended = true;
  const error2 = failure === void 0 ? void 0 : explain(failure);
  const left = status === "succeeded" ? [] : leftovers(running);
  const operation = readInput("operation");
  if (failure instanceof Error) debug(stackOf(failure));
  for (const { title, lines } of left) {
    for (const line of [title, ...lines.map((line2) => `  ${line2}`)]) log(line);
  }
  log(`${operation || "No operation"}: ${status} after ${formatDuration(clock.elapsed() - started)}.`);
  const finishedAt = new Date(clock.now()).toISOString();
  const broken = attempt(
    () => publish("status", status),
    () => writeReceipt({ operation, startedAt, finishedAt, error: error2 }),
    () => writeSummary(summaryPage({ operation, status, facts: published(), error: error2, left }))
  );
  if (broken.length > 0 && error2 === void 0) attempt(() => publish("status", "failed"));
  const sentences = [...error2 === void 0 ? [] : [error2], ...broken];
  if (sentences.length > 0) error(sentences.join("\n"));
  else process.exitCode = 0;
}
function attempt(...deeds) {
  return deeds.flatMap((deed) => {
    try {
      deed();
      return [];
    } catch (error2) {
      return [`Could not write for the runner: ${error2 instanceof Error ? error2.message : error2}`];
    }
  });
}
function stackOf(error2) {
  const cause = error2.cause instanceof Error ? `
caused by ${stackOf(error2.cause)}` : "";
  return `${error2.stack ?? error2.message}${cause}`;
}
function statusOf(failure) {
  if (failure instanceof Cancelled) return "cancelled";
  return failure instanceof TimedOut ? "timed-out" : "failed";
}
var leaveWithin = 300;
var cancelWithin = 1600;
for (const signal of ["SIGINT", "SIGTERM", "SIGBREAK"]) {
  process.on(signal, () => {
    stop.abort(new Cancelled());
    setTimeout(() => {
      end("cancelled", new Cancelled());
      process.exit();
    }, cancelWithin).unref();
  });
}
process.on("uncaughtException", (failure) => {
  end("failed", failure);
  process.exit(1);
});
process.on("beforeExit", () => end("failed", new Error("the step stopped in the middle of its work")));
story().then(
  (outcome) => end(outcome),
  (failure) => end(statusOf(failure), failure)
).finally(() => setTimeout(() => process.exit(), leaveWithin).unref());
