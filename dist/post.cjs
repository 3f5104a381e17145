// Made by "npm run build" from src/. NOTICES.txt holds the licences of the packages in it.
// src/post.ts
const { STATE_intent: intent = "", STATE_clusterId: clusterId = "" } = process.env;
if (intent !== "") Promise.resolve().then(() => require("./delete-after-job.cjs")).then(({ deleteAfterJob }) => deleteAfterJob(intent, clusterId));
