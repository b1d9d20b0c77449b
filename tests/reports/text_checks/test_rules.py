"""Each rule by itself: what it finds, and what it leaves alone."""

import pytest

from reports.phrases import chinese_numeral
from tests import factories
from tests.reports.text_checks.texts import finder


@pytest.fixture
def found(in_scope):
    """What is found in lines of a year with 12 members, 8 of the League and 4 of the Society, all
    full-time teachers, and two symposia."""
    factories.unit_year(in_scope, staff_total=60, full_time_teachers=40)
    for number in range(12):
        party = "民盟" if number < 8 else "九三"
        factories.member(
            in_scope, f"成{chinese_numeral(number)}", party=party, full_time_teacher=True
        )
    factories.consultation(in_scope)
    factories.consultation(in_scope)
    return finder(in_scope)


def test_words_that_are_no_fault_raise_none(found):
    lines = [
        # Years, dates, ordinals, documents, sessions.
        "2017年9月1日，第一次会议于2016学年第二学期召开，文号为普教党〔2017〕12号。",
        "党的十九大和十九届四中全会以来，十三五期间，三年级与80后教师共同进步。",
        "一是抓学习。二是抓实践。",
        # Words that hold a numeral and count nothing.
        "一方面统一思想，另一方面进一步发挥作用，三位一体推进，唯一的目标始终如一。",
        "五一、六一、七一和十一前后，一线教师一如既往地投入，成绩之一是氛围好。",
        "落实“三严三实”、“四个意识”，八项规定精神和三会一课制度常抓不懈。",
        "这是一项基本政治制度，也是一个鲜明特色，又一次证明了每一位教师的热情。",
        "主要有三个方面的问题和两个特点。",
        # Parties and members as they should be.
        "全院党员和民主党派成员一起参观，人民进一步富裕，居民建设家园。",
        "民革党员、民盟盟员、民进会员、九三学社社员欢聚一堂。",
        "一九三七年九月三日，一九三二年一月。",
        # Punctuation and dates as they should be.
        "上午9:30开始，收到a,b组材料。",
        "2017年10月20日，10月和12月。",
    ]
    assert {line: found(line) for line in lines if found(line)} == {}


def test_number_typed_by_hand_is_told(found):
    # 12 members of 60 staff are 20%, one fifth; the two symposia are the year's.
    expected = {
        "民主党派成员12人。": [("typed", "12人")],
        "民主党派成员十二名。": [("typed", "十二名")],
        "民主党派成员１２人。": [("typed", "１２人")],
        "民主党派成员10余人。": [("typed", "10余人")],
        "民主党派成员十多人。": [("typed", "十多人")],
        "民主党派成员占教职工总数的20%。": [("typed", "20%")],
        "党派成员占教职工总数的百分之二十。": [("typed", "百分之二十")],
        "党派成员占教职工总数的五分之一。": [("typed", "五分之一")],
        "召开党派人员座谈会两次。": [("typed", "两次")],
        "民主党派成员13人。": [("unsupported", "13人")],
        "捐款三千元。": [("unsupported", "三千元")],
        "家访40余户。": [("unsupported", "40余户")],
    }
    assert {line: found(line) for line in expected} == expected


def test_share_names_its_base(found):
    expected = {
        "党派成员占比{members_share_of_staff}。": True,
        "党派成员占{members_share_of_staff}。": True,
        "满意率明显，达{members_share_of_staff}。": True,
        "党派成员占全体教职工的{members_share_of_staff}。": False,
        "党派成员占到教职工{members_share_of_staff}的比例。": False,
        "有{members_share_of_staff}的教职工是党派成员。": False,
        "同比增长{members_share_of_staff}。": False,
        "增长{members_share_of_staff}。": True,
    }
    assert {line: ("base", "20%") in found(line) for line in expected} == expected


def test_parties_stand_in_the_official_order(found):
    expected = {
        "民盟、民革和九三学社共同参与。": "民盟、民革和九三学社",
        "九三学社与民进联合调研。": "九三学社与民进",
        "民进区委委员、民盟区委主委到会。": "民进区委委员、民盟",
        "民革、民盟、民建、民进、农工党、致公党、九三学社、台盟到会。": "",
        "中国民主同盟、中国民主促进会到会。": "",
    }
    assert {
        line: "".join(place for kind, place in found(line) if kind == "party_order")
        for line in expected
    } == expected


def test_parties_and_members_have_their_own_words(found):
    expected = {
        "九三的同志踊跃发言。": [("jiusan", "九三")],
        "九三学社支部成立。": [("jiusan", "九三学社支部")],
        "九三支社成立。": [],
        "民盟党员发言。": [("member_word", "党员")],
        "民革会员发言。": [("member_word", "会员")],
        "各民主党派的党员发言。": [("member_word", "党员")],
        "九三学社和中共党员发言。": [],
        "民盟支部与党员一起发言。": [],
    }
    assert {line: found(line) for line in expected} == expected


def test_numbering_runs_on(found):
    expected = {
        "# 甲\n### 乙\n文": [("numbering", "乙")],
        "## 甲\n文": [("numbering", "甲")],
        "# 甲\n## 乙\n### 丙\n# 丁\n## 戊": [],
        "# 一、甲\n文": [("numbering", "一、")],
        "# 甲\n一、学\n二、做\n四、评": [("numbering", "四、")],
        "# 甲\n1.学\n2.做\n# 乙\n1.学\n2.做": [],
        "一是学，二是做，四是评。": [("numbering", "四是")],
        "一是学，二是做。其成绩之一是评。": [],
    }
    assert {line: found(line) for line in expected} == expected


def test_what_no_page_should_show_is_told(found):
    expected = {
        "教师××到会。": [("leftover", "××")],
        "共XX次。": [("leftover", "XX")],
        "名单待补充。": [("leftover", "待补充")],
        "TODO 补照片。": [("leftover", "TODO")],
        "{{members_total}}到会。": [("leftover", "{{"), ("leftover", "}}")],
        "[bookmark: _GoBack]结束。": [("leftover", "[bookmark: _GoBack]")],
        "学习,交流。": [("punctuation", ",")],
        "要求:一要学。": [("punctuation", ":")],
        "会议(一期)召开。": [("punctuation", "("), ("punctuation", ")")],
        "2017年09月01日召开。": [("date", "2017年09月01日")],
        "9月05日召开。": [("date", "9月05日")],
    }
    assert {line: found(line) for line in expected} == expected


def test_vague_words_are_told_with_what_stands_behind_them(found):
    expected = {
        "多次召开党派人员座谈会。": [("vague", "多次")],
        "大多认真负责。": [("vague", "大多")],
        "若干教师参加。": [("vague", "若干")],
        "不少于一半时间学习。": [],
        "差不多次次到会。": [],
        "{members_total|several}参加。": [],
    }
    assert {
        line: [each for each in found(line) if each[0] == "vague"] for line in expected
    } == expected


def test_parts_make_their_total(found):
    expected = {
        "民盟、九三学社三个党派到会。": True,
        "民盟、九三学社等八个党派到会。": False,
        "党派成员12人，其中在职8人、退休3人。": True,
        "党派成员12人，其中在职8人、退休4人。": False,
        "党派成员12人，其中民盟8人、九三学社3人。": True,
        "党派成员12人，其中民盟8人、九三学社4人。": False,
        "党派成员12人，其中高级8人、硕士5人。": False,
        "四位学生每人资助100元，共计500元。": True,
        "四位学生每人资助100元，共计400元。": False,
        "做到三个方面：一是学，二是做。": True,
        "做到两个方面：一是学，二是做。": False,
    }
    assert {
        line: "total" in [kind for kind, _place in found(line)] for line in expected
    } == expected


def test_one_thing_has_one_value(found):
    # 12 members are 20% of 60 staff, and 30% of 40 full-time teachers.
    expected = {
        "四个党派到会。\n三个民主党派参加。": True,
        "召开座谈会{symposia_count}。\n三次座谈会都有记录。": True,
        "召开座谈会{symposia_count}。\n两次座谈会都有记录。": False,
        "召开座谈会{symposia_count}。\n其中一次座谈会在区里召开。": False,
        "党派成员占教职工总数的{members_share_of_staff}。\n党派成员占教职工总数的30%。": True,
        "党派成员占教职工总数的20%。\n党派成员占专职教师的30%。": False,
        "党派成员占教职工20%。\n党派成员在专职教师中占比达30%。": False,
        "党派成员占教职工20%。\n党派成员占比达三成，以专职教师计。": True,
    }
    assert {
        line: "two_values" in [kind for kind, _place in found(line)] for line in expected
    } == expected
