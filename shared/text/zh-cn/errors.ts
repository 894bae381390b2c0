import type { errors as english } from '../en/errors.ts'

export const errors: Record<keyof typeof english, string> = {
  'error.contract/badInput': '程序向引擎发送了无法识别的内容，请反馈此问题。',
  'error.contract/unknownCall': '程序请求了引擎不支持的操作，请反馈此问题。',
  'error.contract/versionMismatch': '窗口与引擎版本不一致，请重新启动 Storeboard。',
  'error.contract/disconnected': '与引擎的连接已断开。',
  'error.internal/bug': 'Storeboard 内部出错。',
  'error.internal/cancelled': '已取消。',
  'error.internal/processLost': '处理进程意外结束，未作任何更改，请重试。',
  'error.file/notFound': '文件已不存在。',
  'error.file/denied': '没有读取或写入该文件的权限。',
  'error.file/diskFull': '磁盘空间不足。',
  'error.file/inUse': '文件正被其他程序占用，请在那里关闭后重试。',
  'error.file/badName': '文件不能使用这个名称。',
  'error.file/unknownReference': '请重新选择文件。',
  'error.export/unsupportedBlock': '该组件不支持这种导出方式。',
  'error.export/printFailed': '页面打印失败。',
  'error.export/noBrowser': '打印需要本机安装 Chromium、Chrome 或 Edge。',
  'error.export/tooLarge': '内容超出该文件格式的上限。',
  'error.report/notAReport': '这不是 Storeboard 报表文件。',
  'error.report/tooNew': '该报表由更新版本的 Storeboard 创建。',
  'error.report/migrationFailed': '报表升级失败。',
  'error.report/invalid': '报表文件已损坏。',
  'error.report/dangling': '报表文件已损坏，缺少部分内容。',
  'error.report/changedOnDisk': '文件已被其他人修改。',
  'error.report/locked': '报表正在别处打开。',
  'error.report/notFound': '报表已不存在。',
  'error.template/unsafeContent': '文件中含有不允许的内容。',
  'error.workspace/inUse': '另一个 Storeboard 正在使用该工作区。',
  'error.workspace/tooNew': '该工作区由更新版本的 Storeboard 创建。',
  'error.workspace/damaged': '工作区已损坏。',
  'error.workspace/notFound': '工作区已不存在。',
  'error.workspace/notEmpty': '文件夹不是空的。',
  'error.dataset/unreadable': '无法读取该文件。',
  'error.dataset/locked': '数据集正忙。',
  'error.dataset/wrongPassword': '密码不正确，无法打开文件。',
  'error.dataset/encrypted': '文件有密码保护。',
  'error.dataset/overLimit': '文件超过大小上限。',
  'error.dataset/tooSlow': '查看它耗时太久，其中的视图可能永远不会结束。',
  'error.dataset/shapeMismatch': '这些文件的列不一致。',
  'error.dataset/nameTaken': '已有同名数据集。',
  'error.dataset/nameTaken.importing':
    '另一项导入正在建立名为“{name}”的数据集。请换一个名称，或等它完成后再导入。',
  'error.dataset/beingImported': '正在向“{name}”导入数据，请等导入完成，或先停止导入。',
  'error.dataset/sameFile': '该文件已导入过。',
  'error.dataset/overlap': '这些文件含有相同的行，会被重复计算。',
  'error.dataset/overlap.rows':
    '“{file}”中有 {rows} 行与“{other}”完全相同（{from} 至 {to}），会被重复计算。',
  'error.dataset/overlap.receipts':
    '“{file}”的 {of} 张单据中，有 {restated} 张已在“{other}”中，但数字不同（{from} 至 {to}）；{same} 张相同，{fresh} 张为新增。直接计入会重复计算。',
  'error.dataset/overlap.summary':
    '“{file}”的 {of} 行中，有 {restated} 行与“{other}”是同一天、同一项目，但数字不同（{from} 至 {to}）；{same} 行相同，{fresh} 行为新增。直接计入会重复计算。',
  'error.dataset/overlap.rowsUndated': '“{file}”中有 {rows} 行与“{other}”完全相同，会被重复计算。',
  'error.dataset/overlap.receiptsUndated':
    '“{file}”的 {of} 张单据中，有 {restated} 张已在“{other}”中，但数字不同；{same} 张相同，{fresh} 张为新增。直接计入会重复计算。',
  'error.dataset/overlap.summaryUndated':
    '“{file}”的 {of} 行中，有 {restated} 行与“{other}”是同一项目，但数字不同；{same} 行相同，{fresh} 行为新增。直接计入会重复计算。',
  'error.dataset/overlap.more': '{said}另有 {more} 组文件也是如此，合计 {all} 处。',
  'error.dataset/notFound': '工作区中已没有该数据集。',
  'error.dataset/empty': '其中没有数据行。',
  'error.dataset/versionGone': '数据集的这个版本已不再保留。',
  'error.dataset/versionCurrent':
    '版本 {version} 是报表当前显示的版本。请先改为显示另一个版本，再删除它。',
  'error.dataset/schemaChanged.newFile':
    '新文件“{file}”的列与数据不一致。请指明它的哪一列对应哪个字段，或不计入该文件。在此之前保留原有数据。',
  'error.dataset/schemaChanged.emptied':
    '{emptied} 之前有数据行，现在一行也没有，可能是导出失败。请重新导出后再刷新，或接受数据丢失。在此之前保留原有数据。',
  'error.dataset/schemaChanged.shrunk':
    '文件的数据行只剩很小一部分（{shrunk}），可能是导出失败。请重新导出后再刷新，或接受丢失。在此之前保留原有数据。',
  'error.dataset/schemaChanged.resultEmpty':
    '由数据得出的结果不再有数据行，而之前有。请检查其步骤或语句，或接受丢失。在此之前保留原有数据。',
  'error.dataset/schemaChanged.retyped':
    '有些值不符合所在字段的类型（{odd}）。请指明哪些字段保留类型（{keepType}），或接受丢失：那样整个字段的类型会改变。在此之前保留原有数据。',
  'error.dataset/schemaChanged.unpadded':
    '有文件丢失了号码的前导零，相同的会重复计算（{unpadded}）。请指明补上前导零（{pad}），或接受丢失：那样会当作不同的号码。在此之前保留原有数据。',
  'error.dataset/schemaChanged.copy':
    '“{file}”是“{other}”的完全副本，其数据行已在数据中。请不计入该文件，或将其移出文件夹。',
  'error.dataset/schemaChanged.moved':
    '“{file}”的内容与上次读取时的“{other}”完全相同，而“{other}”现在的内容已不同。请指明它是改了名（两个都计入），还是旧的副本（不计入）。在此之前保留原有数据。',
  'error.dataset/empty.folder': '此文件夹中没有直接存放的数据文件（不查看其下级文件夹）。',
  'error.dataset/overLimit.files':
    '数据文件超过 {limit} 个，无法一次读取。请少选一些，或把较早的文件移到单独的文件夹。',
  'error.dataset/schemaChanged': '文件的列已发生变化。',
  'error.recipe/invalid': '“{name}”不是 Storeboard 配方文件，或已损坏。未做任何更改。',
  'error.dataset/schemaChanged.mended':
    '未作更改：加入这些行后，{retyped} 的内容将不再符合现有类型。请检查每个值是否在正确的列。',
  'error.recipe/broken': '配方中有步骤无法执行。',
  'error.recipe/broken.missingField': '配方的第 {step} 步需要的字段不存在：{fields}。',
  'error.recipe/broken.notRelated': '配方的第 {step} 步要查找 {fields}，但没有可用的关系通向那里。',
  'error.recipe/broken.nameTaken': '配方的第 {step} 步要新建的字段已存在：{fields}。',
  'error.recipe/broken.typeUnsuitable': '配方的第 {step} 步不适用于该类型的字段：{fields}。',
  'error.recipe/broken.valueUnsuitable': '配方的第 {step} 步列出的值与字段类型不符：{fields}。',
  'error.recipe/broken.formula': '配方第 {step} 步的公式无法使用。',
  'error.recipe/broken.classSetGone': '配方第 {step} 步引用的分类集不在此工作区中。',
  'error.recipe/broken.nothingLeft': '配方的第 {step} 步会使数据集没有任何字段。',
  'error.recipe/live': '实时数据集直接查询来源，不能使用配方。',
  'error.recipe/tooLarge': '对于列数这么多的数据集，配方过大。',
  'error.recipe/classSetGone': '该分类集已不在工作区中。',
  'error.dataset/fieldMissing': '数据集缺少某个字段。',
  'error.dataset/typeUnsupported': '某列的类型无法读取。',
  'error.relationship/duplicateKey': '关联键不唯一。',
  'error.relationship/cycle': '数据集之间会形成循环关联。',
  'error.relationship/cycle.way': '数据集之间会形成循环：{way}。请先移除其中一个关系。',
  'error.relationship/samePair': '这两个数据集已经有关系。',
  'error.relationship/samePair.way':
    '这两个数据集已经有关系（{way}）。请修改原有的关系，或先移除它。',
  'error.relationship/ambiguous': '从一个数据集到另一个会有两条路径。',
  'error.relationship/ambiguous.way':
    '从一个数据集到另一个会有两条路径：{way} 和 {other}，同一行的字段就可能有两个值。请先移除其中一条路径上的关系。',
  'error.relationship/live': '不能与此直连数据集建立关系。',
  'error.relationship/live.dataset':
    '“{dataset}”是直连数据集，只能与同一连接或同一文件的直连数据集建立关系。要与其他数据集建立关系，请改为导入这张表。',
  'error.calendar/notFound': '工作区中没有这个日历。',
  'error.calendar/nameTaken': '已有名为“{name}”的日历，请换一个名称。',
  'error.calendar/noHolidays':
    '没有找到节假日表。表中需要日期列（“日期”或“date”）和名称列（“名称”或“name”），“类型”列（放假、上班、活动、歇业）可选。',
  'error.calendar/invalid': '这不是有效的日历：{detail}',
  'error.relationship/notFound': '这个关系已经不存在。',
  'error.connection/unreachable':
    '数据库服务器没有应答。请检查地址，并确认这台电脑已接入正确的网络或 VPN。',
  'error.connection/unreachable.address':
    '{host} 的端口 {port} 没有应答。请检查地址和端口，并确认这台电脑已接入正确的网络或 VPN。',
  'error.connection/wrongPassword': '服务器不接受这个用户名和密码。',
  'error.connection/wrongPassword.user':
    '服务器不接受“{user}”的密码。请重新输入，或询问服务器管理员。',
  'error.connection/certificate': '服务器无法证明它就是您指定的那一台。',
  'error.connection/certificate.address':
    '{host} 的证书不受信任，或不是签发给这个名称的。请向管理员索取签发机构的证书，或选择“加密，但不核对服务器”。',
  'error.connection/noEncryption': '这台服务器不支持加密。仅在可信任的网络中选择“不加密”。',
  'error.connection/noDatabase': '服务器上没有这个名称的数据库。',
  'error.connection/noDatabase.database':
    '服务器上没有数据库“{database}”。请检查名称，区分大小写。',
  'error.connection/noRights': '该用户无权读取。请向服务器管理员申请读取这张表的权限。',
  'error.connection/unsupported':
    '服务器有应答，但无法使用：它不能把连接设为只读。没有向它查询任何内容。',
  'error.connection/secretNeeded': '这里没有保存这个连接的密码。请在“数据”页的“连接”中输入。',
  'error.connection/locked': '保存的密码已锁定。请在“数据”页的“连接”中输入口令。',
  'error.connection/wrongPassphrase': '口令不正确，无法打开保存的密码。',
  'error.connection/notFound': '此工作区中已没有这个连接。请在“数据”页的“连接”中重新添加。',
  'error.connection/inUse': '仍有数据集使用这个连接，请先移除它们。',
  'error.connection/nameTaken': '已有同名的连接。',
  'error.connection/secretNeeded.named':
    '这里没有保存连接“{name}”的密码。请在“数据”页的“连接”中输入。',
  'error.connection/inUse.named': '仍有数据集使用这个连接：{datasets}。请先移除它们。',
  'error.people/notFound': '这些重复人员的记录已不存在，请重新打开窗口。',
  'error.people/nothingToCompare': '没有选择可比对的列，请选择电话、姓名、生日、邮箱或证件号列。',
  'error.people/outdated': '查找之后数据已更新，请重新查找重复人员。',
  'error.dataset/unreadable.notAWorkbook':
    '它不是工作簿，只是文件名像。请用原来的程序打开，另存为 .xlsx 或 .csv。',
  'error.dataset/unreadable.notADatabase':
    '它不是 SQLite 数据库，只是文件名像。请从来源处重新获取该文件。',
  'error.dataset/unreadable.notText':
    '它的内容不是文本，只是文件名像。请重新导出为 .csv 或 .xlsx。',
  'error.dataset/unreadable.damaged': '文件已损坏，或没有复制完整。请重新复制、下载或导出。',
  'error.dataset/unreadable.unsafe':
    '文件的结构不是表格软件会生成的，为安全起见没有打开。如果信任其来源，请用 Excel 打开后重新保存。',
  'error.dataset/unreadable.unknownKind':
    'Storeboard 不读取这种文件。请另存为 .xlsx、.csv 或其他支持的格式。',
  'error.dataset/unreadable.folder': '这是一个文件夹，请选择其中的文件。',
  'error.dataset/unreadable.partMissing':
    '文件中没有这个工作表或数据表，请查看它是否已改名或删除。',
  'error.dataset/unreadable.sheetsGone':
    '“{name}”中有工作表不见了（{gone}），无法判断其中哪些变成了新的工作表（{fresh}）。请恢复原来的名称，或保留已读取的数据并加入新的工作表。',
  'error.dataset/unreadable.brokenView': '无法查询这个表或视图：它引用的内容已不在数据库中。',
  'error.dataset/unreadable.newerProgram':
    '文件的写法是当前版本的 Storeboard 不认识的。请重新保存为 .xlsx 或 .csv。',
  'error.dataset/unreadable.repeatedKeySomewhere':
    '文件里有对象把同一个键写了两次，无法确定以哪个值为准。请在导出时只保留一个，或给第二个改名。',
  'error.dataset/unreadable.unknownEncoding': '不认识这个编码名称。',
  'error.dataset/overLimit.unpacked':
    '文件压缩得过紧，解压后会占满内存，因此没有打开。如果信任其来源，请用 Excel 打开后重新保存。',
  'error.dataset/overLimit.columns': '共有 {columns} 列，最多可读取 {most} 列。请去掉不需要的列。',
  'error.dataset/overLimit.rows': '行数超出可读取的上限。请拆成几个文件。',
  'error.dataset/overLimit.whole': '这种文件须整个读入内存，而它太大了。请另存为 .xlsx 或 .csv。',
  'error.dataset/overLimit.cell':
    '其中有一个单元格或一行过长，不像是数据。可能是引号没有闭合，或文件已损坏。',
  'error.dataset/overLimit.nested':
    '其中的内容层层嵌套，层数过多，不像是数据。可能有括号或标记没有闭合，或文件已损坏。',
  'error.dataset/overLimit.texts': '其中不同的文本太多，内存放不下。请拆成几个文件。',
  'error.dataset/overLimit.time': '读取时间过长，已停止。请拆成几个文件。',
  'error.dataset/empty.note':
    '工作表“{sheet}”里只有一段文字（“{text}”），没有可以导入的表格。请选择有列名和数据行的工作表。',
  'error.dataset/empty.noBytes': '文件是空的，可能没有保存或复制完整。请重新获取。',
  'error.file/denied.reading':
    '没有读取该文件的权限。请向文件的所有者索取，或把它复制到自己的文件夹。',
  'error.dataset/unreadable.wrongEncoding': '用这种编码读不出首行，请换一种编码。',
  'error.dataset/unreadable.badJson':
    '第 {line} 行从“{spot}”起不是有效的 JSON。请改正，或重新导出文件。',
  'error.dataset/unreadable.repeatedKey':
    '第 {line} 行的同一个对象里，名称“{spot}”出现了两次，无法判断以哪个值为准。请改正，或重新导出文件。',
  'error.dataset/unreadable.noRecords':
    '文件是 JSON，但其中没有可以作为行的对象。需要形如 [{"name": "…"}, …] 的列表。',
  'error.dataset/unreadable.webArchive':
    '这是保存为单个文件的网页，其中没有可以读取的表格。请用 Excel 打开并另存为 .xlsx。',
  'error.sql/refused': '未运行：这不是一条只读语句。',
  'error.sql/refused.notReading': '只运行读取数据的语句：SELECT、WITH … SELECT 或 VALUES。',
  'error.sql/refused.several': '只能运行一条语句。请删除分号之后的内容。',
  'error.sql/refused.notAllowed':
    '这里不允许使用“{near}”：语句只读取表中的行，不能访问其他任何内容。',
  'error.sql/refused.unclosed': '“{near}”没有闭合，或没有对应的开头。',
  'error.sql/refused.nestedComment': '注释中又有注释，请删除其中一个。',
  'error.sql/refused.sign': '这里不能写“{near}”。取值请写作 :名称。',
  'error.sql/refused.unknownParameter': '没有参数“{near}”。请在下方添加，或从语句中删除。',
  'error.sql/refused.badValue': '参数“{near}”的值与其类型不符。',
  'error.sql/refused.itself': '“{near}”来自此数据集，语句会查询自身。',
  'error.sql/refused.noColumns': '结果中没有报表可用的列。',
  'error.sql/refused.duplicateColumn': '结果中有两列都叫“{near}”。请用 AS 为其中一列另取名称。',
  'error.sql/refused.unnamedColumn': '结果中有一列没有名称，或名称过长。请用 AS 命名。',
  'error.sql/refused.otherPlace': '数据集的查询位置不能更改。如需查询别处，请新建一个。',
  'error.sql/failed': '语句无法运行。',
  'error.sql/failed.syntax': '看不懂这条语句，请检查标出位置之前的内容。',
  'error.sql/failed.unknownTable': '这里没有表“{near}”。',
  'error.sql/failed.unknownColumn': '这些表中没有列“{near}”。',
  'error.sql/failed.unknownFunction': '这里没有函数“{near}”。',
  'error.sql/failed.ambiguous': '有多张表含有列“{near}”，请在列名前写明表名。',
  'error.sql/failed.types': '有一个值与所用的类型不符。',
  'error.sql/failed.other': '语句无法运行。',
  'error.sql/needsConsent':
    '此数据集的 SQL 不是在这台电脑上写的。运行前请查看并同意：在“数据”页，或用命令“storeboard sql agree”。',
  'error.query/invalid': '这些字段不能组合查询。',
  'error.report/invalid.tooLarge':
    '连同图片，报表超过 {megabytes} MB，保存后将无法再打开。请删除部分图片后再保存。',
  'error.query/invalid.rowsWithoutNumbers':
    '视图或没有行号的表无法列出数字背后的明细，请改为导入后再查看。',
  'error.file/notFound.noFolder': '文件夹不存在：{name}',
  'error.query/invalid.notJson': '查询不是有效的 JSON：{message}',
  'error.query/invalid.listClosed': '数据已更新，请重新打开明细。',
  'error.query/invalid.boundDoesNotSuit': '筛选的上下限不是该字段的有效值。',
  'error.query/invalid.tooManyOthers':
    '{count} 行中的“其他”各代表不同的时期，需要逐一查询。请减少显示的成员，或把时期放在最外层。',
  'error.query/invalid.tooManyPeriods':
    '这么多行的累计值相互重叠，需要逐行查询（{count} 次）。请选择更粗的时间粒度。',
  'error.query/invalid.noPerson':
    '“{field}”背后的人尚未查找。请先在“数据”页查找重复人员，或改为按账号计数。',
  'error.query/invalid.unknownCalendar': '工作区中没有日历“{calendar}”。',
  'error.query/invalid.unknownField': '字段“{field}”没有对应到数据集的列。',
  'error.query/invalid.notRelated':
    '从“{from}”到不了“{dataset}”：两者之间没有关系。请建立关系，或换用两边都能到达的字段。',
  'error.query/invalid.fanOut':
    '“{from}”的数字不能按“{dataset}”拆分：那里有多行对应这里的一行，数字会被重复计算。请换用“{from}”能到达的字段。',
  'error.query/invalid.fanOutBy':
    '“{from}”的数字不能按“{dataset}”拆分：仅 {key} 在那里就有 {rows} 行，它的数字会被算 {rows} 次。请换用“{from}”能到达的字段。',
  'error.query/invalid.ambiguousWay':
    '有两条路径通向“{dataset}”：{way} 和 {other}。请移除其中一条路径上的关系。',
  'error.query/invalid.aggregateDoesNotSuit': '“{field}”不能这样汇总。',
  'error.query/invalid.weightMissing': '加权平均需要选择权重字段。',
  'error.query/invalid.balanceDateMissing': '余额需要选择日期字段。',
  'error.query/invalid.showDoesNotSuit': '“{field}”是日期，不能显示为占比、差异或累计。',
  'error.query/invalid.serverBalance':
    '这台服务器无法计算期初和期末余额（{name}）。请导入这张表，或改用 PostgreSQL。',
  'error.query/invalid.oneRelationThere':
    '此版本的 ClickHouse 一次只能关联一个数据集：“{dataset}”与“{other}”不能出现在同一图表中，请移除其中之一。',
  'error.query/invalid.engineLacksFunction':
    '公式中的 {function} 在 {engine} 上的算法与别处不同。请导入这张表，不要直接查询。',
  'error.query/invalid.tooManyAggregates':
    '本图表的公式共有超过 {limit} 个不同的聚合，请减少一些。',
  'error.query/invalid.sameNameTwice': '有两个公式或参数都叫“{name}”。',
  'error.query/invalid.rankedByCells':
    '“{name}”由显示的单元格算出，不能用来取前几名。请按其他度量取前几名。',
  'error.query/invalid.sortedByNeighbours':
    '“{name}”要读取前后相邻的单元格，不能用来决定它们的次序。请按其他度量排序，或改在另一个方向上排序。',
  'error.query/invalid.rankedByText': '“{name}”的结果是文本，请按结果为数字的度量排序。',
  'error.query/invalid.comparedText':
    '“{name}”的结果是文本或条件，不能与其他日期比较，请比较结果为数字的度量。',
  'error.query/invalid.notShownAs': '“{name}”的结果不是数字，不能显示为占比、差异或累计。',
  'error.query/invalid.comparedTwice':
    '“{name}”引用了已按时间对比的度量，自身不能再对比。请只对比其中一个。',
  'error.query/invalid.comparedCells':
    '“{name}”由显示的单元格算出，不能与其他日期对比。请对比它所引用的度量。',
  'error.query/invalid.calculatedNameTaken':
    '计算字段“{name}”与数据中的字段重名，请给计算字段改名。',
  'error.query/invalid.retentionAlone': '留存分析需单独查询，不能同时有行、列或值字段。',
  'error.query/invalid.retentionServer': '该服务器无法计算留存。请导入该表，而不是实时查询。',
  'error.query/invalid.notADate': '“{field}”不是日期。',
  'error.query/invalid.notText': '“{field}”不是文本。',
  'error.query/invalid.grainWithoutDate': '只有日期才能按年、月、周显示。',
  'error.query/invalid.grainNeedsTime': '只有带时间的日期才能按小时显示。',
  'error.query/tooLarge': '结果太大，无法显示。请添加筛选或只看前 N 项。',
  'error.query/tooLarge.cells':
    '结果共有 {cells} 个单元格（{rows} 行 × {columns} 列），最多可显示 {limit} 个。请添加筛选，或只保留最大的若干项。',
  'error.query/cancelled': '已取消。',
  'error.query/timedOut': '查询超时。',
  'error.query/failed': '数据读取失败。',
  'error.query/processLost': '查询被中断，请重试。',
  'error.expression/syntax': '公式不完整。',
  'error.expression/unknownField': '公式中有未知字段。',
  'error.expression/typeMismatch': '公式中的类型不匹配。',
  'error.expression/kindMismatch': '公式混用了逐行计算、聚合和单元格。',
}
