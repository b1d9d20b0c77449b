"""The words with which a text counts: numerals, measure words, what is counted, and what is not."""

import re

_NUMBER = (
    r"(?:[0-9０-９]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+)"
)
CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"


def _table(rows: str) -> dict[str, str]:
    return dict(row.split(":") for row in rows.split())


def _words(row: str) -> tuple[str, ...]:
    return tuple(row.split())


# Measure words, and what must not follow where the character belongs to another word.
_STRONG = _table(
    "人次: 课时: 学时: 小时: 人:民员才们大文生际格事心类力口 "
    "名:师校片誉称牌录额言 位:于置一 次:要序数性 场:所馆景地 条:例件龙心 "
    "件: 户:口外 篇: 份:额 人份: 对:口象于标接一 批:评准示 天:津地 "
)
# Those that count thoughts as well as things.
_WEAK = _table(
    "个:性体别 项:目 所:有以属在长谓 家:长庭校园属乡人 处:理室于 类:似 "
    "支:持部社书 门:户 节:约能日 大:家会学型赛力 "
)
_MEASURES = "|".join(
    f"{word}(?![{no}])" if no else word
    for word, no in sorted((_STRONG | _WEAK).items(), key=lambda row: -len(row[0]))
)
_NOT_BEFORE = "第之周统唯专同单划星期初逐某其惟"
_BEGIN = rf"(?<![{_NOT_BEFORE}{CHINESE}0-9０-９.\-–—/:：A-Za-z])"

COUNTED = re.compile(rf"{_BEGIN}(?P<number>{_NUMBER})\s?(?P<more>余|多)?(?P<measure>{_MEASURES})")
MONEY = re.compile(
    rf"{_BEGIN}{_NUMBER}(?P<more>余|多)?万?元(?![旦素化宵])(?:整|正)?"
    rf"(?:零?[{CHINESE}]角)?(?:零?[{CHINESE}]分)?"
)
SHARED = re.compile(
    rf"{_BEGIN}(?:[0-9０-９]+(?:\.[0-9]+)?\s?[%％]"
    rf"|百分之{_NUMBER}(?:点[零一二三四五六七八九]+)?"
    r"|[二三四五六七八九十]+分之[一二三四五六七八九]"
    r"|[一二三四五六七八九两]成(?![员立果绩为功长效就了分熟年都])"
    r"|(?<!大)半数|一半(?!以[上下]的时间))"
)
# Public language in which a number counts nothing of this year.
SET_PHRASES = re.compile(
    "八项规定|六项纪律|六大纪律|[三四五]位一体|一国两制|两个一百年|三个代表|四个全面|四个意识|四个自信"
    "|四个服务|四个伟大|三个自信|两个维护|两个确立|两个务必|三会一课|三重一大|三个一|四个一批|五个一"
    "|两个文明|四项基本原则|五大发展|三大攻坚战|三大法宝|三大作风|三个有利于|一次性|三大革命|两大历史任务"
    "|四个合格|五个统筹|六个要|四大考验|四种危险|两个结合|十个明确|两项改革|八大民主|三个务必|双一流"
)
# What is counted of thoughts and not of things: 三个方面, 五个特点.
THOUGHTS = _words(
    "方面 特点 特色 层面 环节 原则 不足 要求 意识 自信 维护 目标 重点 "
    "关系 坚持 做法 经验 体会 部分 阶段 维度 结合 转变 抓手 角度 领域 "
    "关键 优势 亮点 步骤 途径 突破 到位 问题 大局 中心 措施 文明 理念 "
    "板块 系列 精神 加强 提升 强化 着力 字 词 话 "
)
# What a report counts.
COUNTED_NOUNS = _words(
    "民主党派 党派 党支部 支部 支社 总支 小组 基层组织 委员会 成员 党员 "
    "盟员 会员 社员 教师 教职工 老师 学生 书记 委员 主委 代表 座谈会 "
    "通报会 意见 建议 提案 议案 信息 活动 研修 讲座 培训 参观 场馆 走访 "
    "谈心 资助 捐款 项目 平台 主题 荣誉 称号 社区 家庭 单位 课题 论文 "
    "报告 职务 部门 学校 "
)
# Those of them that are persons.
PERSONS = _words("成员 党员 盟员 会员 社员 教师 教职工 老师 学生 书记 委员 主委 代表")
# What nearly every figure is about, so that it tells none of them from the others.
GENERAL = frozenset(
    _words(
        "开展 举行 参加 活动 本年 年度 次数 人数 情况 条数 件数 截至 统计 截止 上年 工作 "
        "其中 计入 排列 分别 内容"
    )
)
