/** What the tables of README.zh-CN.md say. `npm run render` stops when a text is missing. */
import type { Language } from './readme-tables.ts'

export const chinese: Language = {
  words: {
    operation: '操作',
    input: '输入',
    output: '输出',
    does: '作用',
    required: '必填输入',
    optional: '其他输入',
    from: '适用操作',
    default: '默认值',
    meaning: '含义',
    all: '全部',
    comma: '、',
    oneOf: words => `可选值：${words}。`,
    common: (required, optional) => `此外，所有操作都必填 ${required}，也都可以使用 ${optional}。`,
  },
  texts: {
    operationSummaries: {
      'create-backup': '备份整个集群，或备份同一个 Database 中指定的 Collection',
      'restore-cluster': '将集群备份恢复到一个新集群',
      'restore-collections': '将备份中的 Collection 恢复到已有集群',
      wait: '等待先前步骤启动的任务、备份或集群',
      'list-backups': '列出备份',
      'describe-backup': '查看一个备份，或最新的备份',
      'delete-backup': '删除一个备份',
      'prune-backups': '按保留规则删除旧的手动备份',
      'export-backup': '将备份文件复制到您自己的对象存储',
      'delete-cluster': '删除集群，用于清理拉取请求（PR）的测试环境',
      'prune-clusters': '删除已关闭的拉取请求（PR）留下的集群',
      verify: '检查集群是否可用，以及其中的数据是否齐全',
      'switch-alias': '将 Alias 指向另一个 Collection',
    },
    inputDescriptions: {
      operation: '要执行的操作。',
      'api-key': 'Zilliz Cloud 的 API 密钥。请通过 secret 传入。',
      'base-url':
        '服务的控制面地址，末尾不带 `/v2`；不是控制台的地址。中国站为 `https://api.cloud.zilliz.com.cn`。除本机回环地址外必须使用 https。',
      'cluster-id':
        '源集群（即创建备份的集群）的 ID。`list-backups`：用于筛选。`wait`：填写 `backup-id` 时必填。',
      'backup-id':
        '备份 ID，或 `latest`，即该集群中此操作可用的、状态为 AVAILABLE 的最新备份。`delete-backup` 和 `wait` 不接受 `latest`。',
      'max-age':
        '仅与 `backup-id: latest` 一起使用：一个时长，或 `any`。如果最新的备份早于该时长，步骤失败。',
      collections:
        'Collection，每行一个或以逗号分隔：`orders`、`sales.orders`；恢复时还可以写 `sales.orders -> staging.copy`、`sales.*`，以及表示全部的 `*`。`verify` 和 `switch-alias`：还可以写 Entity 的最少数量，例如 `sales.orders >= 1000`。也可以写 API 的 `dbCollections` JSON。',
      'target-cluster':
        '`restore-cluster`：新集群的名称，不能是集群 ID 的形式。其他操作：已有集群的 ID 或完整名称。',
      'target-project-id':
        '新集群所属的项目。对于已有集群，它限定按名称查找的范围；如果给出的集群 ID 属于其他项目，则报错。`prune-clusters`：只处理该项目中的集群。',
      alias: '要切换的 Alias，必须已存在，并且与 Collection 位于同一个 Database。',
      'name-pattern':
        '集群名称的模式，其中恰好有一个 `{pr}`，代表本仓库的拉取请求编号，例如 `shop-pr-{pr}`。对于不属于任何拉取请求的集群，改用恰好一个 `*`；此时 `older-than` 为必填。',
      'cu-size': '新集群的 CU 规格，1 到 1024 的整数。',
      'collection-status':
        '`restore-cluster`：`KEEP` 保留每个 Collection 的加载状态，`RELEASE` 则全部释放。`restore-collections`：`LOADED` 或 `UNLOADED`。`verify`：`KEEP`、`LOADED` 或 `UNLOADED`（不检查加载状态）。',
      'restore-version-policy': '新集群的 Milvus 版本：`LATEST`（最新）或 `ORIGINAL`（与备份相同）。',
      'cross-region-copies': '要保存备份副本的云区域 ID，每行一个、以逗号分隔，或写成 JSON 数组。',
      'integration-id': '导出时使用的存储集成。',
      directory: '存储集成中的目录。',
      'job-id':
        '任务 ID，每行一个、以逗号分隔，或写成 JSON 数组。`wait` 至少需要 `job-id`、`backup-id`（连同 `cluster-id`）和 `target-cluster` 之一。',
      wait: '`false`：启动后输出各个 ID，步骤以状态 `started` 结束。',
      timeout: '整个步骤的最长时间，例如 `90s`、`45m`、`1h30m`。',
      'poll-interval': '两次状态检查之间的最长间隔；在能节省时间时，检查会更频繁。',
      'if-busy':
        '该集群的另一个备份正在进行时：`wait` 等它结束后再启动本次备份；`fail` 报错；`join`（仅 `create-backup`）改用正在进行的同类型手动备份，不能与 `cross-region-copies` 一起使用。`restore-collections`：仅与 `safety-backup` 一起使用。',
      'if-exists':
        '项目中已有同名集群时：`fail` 报错；`reuse` 复用该集群（不恢复任何数据）；`replace` 先删除该集群再恢复。后两者绝不会用于源集群或受保护的集群。',
      'skip-if-newer-than':
        '一个时长。如果已有比它更新、类型相同、至少包含所需 Collection 且状态为 AVAILABLE 的备份，则直接使用该备份。不能与 `cross-region-copies` 一起使用。',
      'safety-backup': '`true`：先备份目标集群，并等待该备份完成。',
      verify: '`true`：恢复完成后，检查所恢复的内容是否都在集群中。不能与 `wait: false` 一起使用。',
      baseline:
        '用于对比的基线，即先前一次 `verify` 的结果：它的回执的路径，或它的输出 `verifiedCollections`；或写 `none`。',
      'allow-loss': '与 `baseline` 一起使用：每个 Collection 的 Entity 数量最多可以减少百分之几，0 到 100。',
      'data-token':
        '集群的 Endpoint 接受的凭证：API 密钥，或 `user:password`。恢复操作仅在 `verify: true` 时使用它。',
      'protected-clusters':
        '受保护集群的 ID 或名称，每行一个、以逗号分隔，或写成 JSON 数组；或写 `none`。本步骤绝不会替换、复用、写入或删除这些集群，也不会切换其中的 Alias。',
      'delete-after-job': '`true`：工作流作业（job）结束时，无论结果如何，都删除本步骤创建的集群。',
      'backup-type': '`CLUSTER`、`COLLECTION` 或 `any`。`describe-backup`：仅与 `latest` 一起使用。',
      'keep-last': '每种备份类型各保留最新的 N 个（至少 1 个）。',
      'keep-daily': '最近 N 个有备份的日子（UTC），每天各保留每种备份类型的最新一个；或写 `none`。',
      'keep-weekly': '与上相同，按 ISO 周计算；或写 `none`。',
      'keep-monthly': '与上相同，按自然月计算；或写 `none`。',
      'protected-backups':
        '本步骤绝不能删除的备份的 ID，每行一个、以逗号分隔，或写成 JSON 数组；或写 `none`。',
      'older-than':
        '一个时长，或 `any`：其余备份中，只删除早于该时长的备份。`prune-clusters`：只删除创建已超过该时长的集群。',
      'dry-run': '`true`：执行所有读取和检查，不做任何更改，只显示将要发送的请求。',
      'comment-on-pr': '`true`：在拉取请求中用一条评论显示结果，并保持更新。',
      'github-token': '仅用于上述评论，以及由 `prune-clusters` 读取拉取请求。',
    },
    inputDefaultTexts: {
      'api-key': '环境变量 `ZILLIZ_API_KEY`',
      'base-url': '环境变量 `ZILLIZ_BASE_URL`，否则为 `https://api.cloud.zilliz.com`',
      collections: '`create-backup`：整个集群',
      'target-project-id': '`restore-cluster`：备份所属的项目；其他操作：不限',
      'cu-size': '与源集群相同',
      'collection-status': '`KEEP`；`restore-collections`，以及没有备份也没有基线的 `verify`，为 `LOADED`',
      'data-token': 'API 密钥；对于本步骤创建的集群，为其 `db_admin` 和密码',
      'restore-version-policy': '由服务决定',
    },
    outputDescriptions: {
      status:
        '`succeeded`（成功）、`failed`（失败）、`timed-out`（超时）、`cancelled`（已取消）、`started`（已启动，未等待）、`skipped`（无需执行）、`planned`（试运行）。',
      jobId: '任务 ID；有多个任务时为第一个。',
      jobIds: '所有任务 ID 的 JSON 数组。',
      backupId: '创建或使用的备份（`latest` 会解析为实际 ID）。',
      backupName: '备份的名称，由服务生成。',
      created: '由本步骤创建时为 `true`，使用已有的备份或集群时为 `false`。',
      clusterId: '恢复出的集群、目标集群或被删除的集群。',
      clusterName: '该集群的名称。',
      verifiedCollections:
        'JSON：`[{database, collection, loadState, entities, exact, fields, aliases}]`，即从每个 Collection 读到的内容；长度限制与 `backups` 相同。',
      collection: 'Alias 现在指向的 Collection，形式为 `database.collection`。',
      previousCollection: 'Alias 之前指向的 Collection；可用它切换回去。',
      collections:
        'JSON：`[{database, collection, targetDatabase, targetCollection, jobId, status}]`，随进度更新；`status` 为 `started`、`succeeded`、`failed`、`refused`、`unknown` 或 `not-started`。备份时只有前两个字段。以一个请求恢复全部内容时为 `[]`；长度限制与 `backups` 相同。',
      backupSize: '该备份的大小（字节），仅当服务返回时才有。',
      backupTime: '该备份的创建时间，ISO 8601 格式（UTC），仅当服务返回时才有。',
      duration: '步骤从开始到结束的秒数。',
      connectAddress: '该集群的 Endpoint；不会被屏蔽，因此可以传给其他作业。',
      username: '新集群的管理员用户。',
      password:
        '该用户的密码，服务只显示一次，并会被屏蔽。只能用于同一作业的后续步骤：GitHub 会丢弃作业输出中被屏蔽的值。',
      safetyBackupId: '因 `safety-backup` 而创建的备份。',
      backup: '该备份的 JSON。',
      backups: 'JSON 数组，最新的在前，最多 400,000 字节；放不下的内容只在回执中。',
      deletedBackupIds: 'JSON 数组；没有删除任何备份时为 `[]`。',
      deletedClusterIds: 'JSON 数组；没有删除任何集群时为 `[]`。',
      plan: '试运行：将要发送的请求的 JSON，`[{method, path, body}]`；没有请求时为 `[]`；长度限制与 `backups` 相同。',
      receipt: '一个 JSON 文件的路径，包含除密码外的所有输出和工作流运行的信息。',
    },
  },
}
