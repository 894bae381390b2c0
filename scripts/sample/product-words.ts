export interface Category {
  readonly name: string
  /** Share of receipts lines. */
  readonly weight: number
  /** Months (1 to 12) in which it sells half as much again, or more. */
  readonly strongMonths: readonly number[]
  readonly brands: readonly string[]
  /** Share of the price that the goods cost. */
  readonly costShare: number
  readonly subcategories: readonly Subcategory[]
}

export interface Subcategory {
  readonly name: string
  readonly goods: readonly string[]
  readonly variants: readonly string[]
  readonly sizes: readonly string[]
  /** Typical price in yuan. */
  readonly price: number
}

function sub(name: string, price: number, goods: string, variants: string, sizes: string) {
  const list = (text: string) => text.split(' ')
  return { name, price, goods: list(goods), variants: list(variants), sizes: list(sizes) }
}

/** Invented brands; five subcategories in each of eight categories, thirty products in each. */
export const CATEGORIES: readonly Category[] = [
  {
    name: '美妆护肤',
    weight: 17,
    strongMonths: [3, 6, 11],
    brands: ['素颜记', '花漾里', '水沐春', '珀莲', 'LUMIE'],
    costShare: 0.42,
    subcategories: [
      sub(
        '面部护理',
        129,
        '精华液 保湿霜 爽肤水 乳液',
        '玻尿酸 烟酰胺 积雪草 山茶花',
        '30ml 50ml 120ml',
      ),
      sub('面膜', 69, '面膜 睡眠面膜 泥膜', '补水 舒缓 紧致 玫瑰', '5片装 10片装 100g'),
      sub('彩妆', 89, '口红 气垫 眼影盘 眉笔', '奶茶色 豆沙色 自然色 枫叶红', '3.5g 15g 0.3g'),
      sub('防晒', 99, '防晒霜 防晒喷雾 防晒乳', '清爽 水感 儿童 高倍', '50ml 60g 150ml'),
      sub('香氛', 159, '淡香水 香膏 无火香薰', '桂花 白茶 雪松 柑橘', '10ml 50ml 100ml'),
    ],
  },
  {
    name: '个人护理',
    weight: 15,
    strongMonths: [6, 7],
    brands: ['清木', '净美家', '皓齿', '柔宜', 'FRESHO'],
    costShare: 0.52,
    subcategories: [
      sub('洗发护发', 49, '洗发水 护发素 发膜', '生姜 无硅油 茶树 氨基酸', '250ml 500ml 750ml'),
      sub('口腔护理', 19.9, '牙膏 漱口水 牙刷', '薄荷 海盐 益生菌 竹炭', '120g 300ml 4支装'),
      sub('沐浴清洁', 35, '沐浴露 香皂 洗手液', '樱花 牛奶 柠檬 青草', '500ml 115g 1L'),
      sub('女性护理', 25.9, '卫生巾 护垫 安睡裤', '棉柔 超薄 草本 亲肤', '10片 20片 3条装'),
      sub('男士护理', 59, '洁面乳 剃须泡沫 须后水', '控油 劲爽 火山泥 海洋', '100g 200ml 80ml'),
    ],
  },
  {
    name: '休闲食品',
    weight: 24,
    strongMonths: [1, 2, 9],
    brands: ['山里客', '零小鹿', '一口香', '老街坊', '果然派'],
    costShare: 0.61,
    subcategories: [
      sub(
        '坚果炒货',
        39.9,
        '夏威夷果 碧根果 开心果 混合坚果',
        '原味 奶油 盐焗 蜂蜜',
        '200g 500g 750g礼盒',
      ),
      sub('饼干糕点', 15.8, '曲奇 蛋黄酥 苏打饼干 月饼', '抹茶 海苔 红豆 芝士', '150g 6枚装 400g'),
      sub(
        '糖果巧克力',
        22.8,
        '牛轧糖 黑巧克力 软糖 棒棒糖',
        '榛子 海盐 水蜜桃 酸奶',
        '100g 258g 礼盒装',
      ),
      sub('肉脯卤味', 26.9, '猪肉脯 牛肉干 鸭脖 卤蛋', '香辣 五香 蜜汁 藤椒', '80g 120g 300g'),
      sub('膨化薯片', 9.9, '薯片 虾条 爆米花 锅巴', '番茄 黄瓜 烧烤 焦糖', '70g 104g 家庭装'),
    ],
  },
  {
    name: '饮料冲调',
    weight: 14,
    strongMonths: [6, 7, 8],
    brands: ['云雾里', '晨间', '气泡实验室', '谷力', 'BREWY'],
    costShare: 0.58,
    subcategories: [
      sub('茶叶', 88, '龙井 铁观音 普洱 茉莉花茶', '明前 清香 陈年 袋泡', '50g 125g 250g礼盒'),
      sub('咖啡', 45, '挂耳咖啡 冻干咖啡 咖啡豆', '美式 拿铁 意式 低因', '10袋 24颗 227g'),
      sub('碳酸果汁', 6.5, '气泡水 橙汁 葡萄汁 可乐', '白桃 青柠 无糖 鲜榨', '330ml 480ml 1.5L'),
      sub('牛奶乳品', 59.9, '纯牛奶 酸奶 燕麦奶', '有机 低脂 高钙 原味', '250ml*12 200g*10 1L'),
      sub('冲饮谷物', 32.9, '燕麦片 藕粉 蛋白粉 黑芝麻糊', '坚果 红枣 无糖 水果', '400g 600g 1kg'),
    ],
  },
  {
    name: '母婴用品',
    weight: 9,
    strongMonths: [6, 11],
    brands: ['小树芽', '贝朵', '安安象', '优佳宝', 'MOMO BEAR'],
    costShare: 0.63,
    subcategories: [
      sub('纸尿裤', 129, '纸尿裤 拉拉裤 隔尿垫', '超薄 夜用 柔护 云感', 'M码 L码 XL码'),
      sub('婴童洗护', 49.9, '洗发沐浴露 面霜 护臀膏', '燕麦 山茶油 无泪 金盏花', '50g 200ml 400ml'),
      sub('婴儿辅食', 36.8, '米粉 果泥 磨牙棒 溶豆', '南瓜 苹果 高铁 胡萝卜', '60g 225g 100g*4'),
      sub('喂养用品', 69, '奶瓶 保温杯 餐椅套 围兜', '防胀气 宽口 硅胶 卡通', '160ml 240ml 均码'),
      sub('童装', 79, '连体衣 T恤 外套 睡袋', '纯棉 小熊 条纹 恐龙', '80cm 100cm 120cm'),
    ],
  },
  {
    name: '家居日用',
    weight: 12,
    strongMonths: [3, 9, 11],
    brands: ['木与叶', '家适', '洁立方', '暖巢', 'NORDO'],
    costShare: 0.55,
    subcategories: [
      sub('厨房用品', 59, '保鲜盒 不粘锅 菜板 调料罐', '玻璃 竹制 麦饭石 北欧', '三件套 24cm 单只'),
      sub('清洁用品', 19.9, '洗衣液 洗洁精 抹布 拖把', '薰衣草 除菌 加厚 免手洗', '2kg 1.5L 5条装'),
      sub('纸品', 29.9, '抽纸 卷纸 湿巾 厨房纸', '原木 4层 婴儿 加韧', '10包 27卷 80片*3'),
      sub('床品毛巾', 99, '四件套 毛巾 浴巾 枕头', '纯棉 竹纤维 磨毛 天丝', '1.5m 1.8m 两条装'),
      sub('收纳整理', 39, '收纳箱 衣架 挂钩 真空袋', '透明 折叠 无痕 大号', '2只装 10只装 60L'),
    ],
  },
  {
    name: '文具玩具',
    weight: 5,
    strongMonths: [2, 5, 8, 9],
    brands: ['笔下生花', '拼拼乐', '学霸说', '奇想盒', 'TOYLAB'],
    costShare: 0.5,
    subcategories: [
      sub('书写工具', 12.9, '中性笔 荧光笔 钢笔 铅笔', '速干 按动 粉彩 学生', '5支 12支 单支'),
      sub('本册纸品', 16.9, '笔记本 手账本 便利贴 错题本', '方格 线圈 星空 牛皮', 'A5 B5 4本装'),
      sub('益智积木', 129, '积木 拼图 魔方 桌游', '城市 太空 磁力 三阶', '300片 500片 标准版'),
      sub('毛绒公仔', 69, '公仔 抱枕 挂件', '熊猫 兔子 柴犬 企鹅', '小号 30cm 50cm'),
      sub('美术用品', 35.9, '水彩笔 彩泥 素描本 蜡笔', '可水洗 24色 36色 儿童', '盒装 套装 8开'),
    ],
  },
  {
    name: '服饰配件',
    weight: 4,
    strongMonths: [10, 11, 12, 1],
    brands: ['棉言', '城南旧履', '暖绒绒', '轻行', 'WALKSY'],
    costShare: 0.46,
    subcategories: [
      sub('袜品', 19.9, '中筒袜 船袜 堆堆袜', '纯棉 抗菌 羊毛 运动', '3双 5双 均码'),
      sub('内衣家居服', 89, '家居服 内裤 保暖内衣', '莫代尔 德绒 无痕 条纹', 'M码 L码 XL码'),
      sub('帽子围巾', 59, '围巾 渔夫帽 针织帽 手套', '格纹 羊绒 驼色 黑色', '均码 加长 儿童'),
      sub('包袋', 119, '帆布包 双肩包 化妆包', '简约 防水 刺绣 复古', '小号 中号 大号'),
      sub('雨具', 49, '晴雨伞 折叠伞 雨衣', '黑胶 全自动 透明 迷你', '8骨 10骨 成人'),
    ],
  },
]
