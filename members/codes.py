"""Code lists of people's records: titles and their levels, education, the order of posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TitleLevel(models.TextChoices):
    """Levels of professional titles; reports count by level, never by the name of a title."""

    SENIOR = "senior", _("senior (正高)")
    ASSOCIATE_SENIOR = "associate_senior", _("associate senior (副高)")
    MIDDLE = "middle", _("middle (中级)")
    JUNIOR = "junior", _("junior (初级)")


SENIOR_LEVELS = (TitleLevel.SENIOR, TitleLevel.ASSOCIATE_SENIOR)

# 小学高级教师 and 幼儿园高级教师 are middle-level titles of the series before 2015, whatever
# their names say; 中小学教师 titles since then follow 人社部发〔2015〕79号.
LEVEL_OF_TITLE = {
    "正高级教师": TitleLevel.SENIOR,
    "教授": TitleLevel.SENIOR,
    "研究员": TitleLevel.SENIOR,
    "高级教师": TitleLevel.ASSOCIATE_SENIOR,
    "中学高级教师": TitleLevel.ASSOCIATE_SENIOR,
    "副教授": TitleLevel.ASSOCIATE_SENIOR,
    "副研究员": TitleLevel.ASSOCIATE_SENIOR,
    "高级讲师": TitleLevel.ASSOCIATE_SENIOR,
    "高级工程师": TitleLevel.ASSOCIATE_SENIOR,
    "小学高级教师": TitleLevel.MIDDLE,
    "幼儿园高级教师": TitleLevel.MIDDLE,
    "一级教师": TitleLevel.MIDDLE,
    "中学一级教师": TitleLevel.MIDDLE,
    "讲师": TitleLevel.MIDDLE,
    "馆员": TitleLevel.MIDDLE,
    "工程师": TitleLevel.MIDDLE,
    "会计师": TitleLevel.MIDDLE,
    "二级教师": TitleLevel.JUNIOR,
    "三级教师": TitleLevel.JUNIOR,
    "中学二级教师": TitleLevel.JUNIOR,
    "小学一级教师": TitleLevel.JUNIOR,
    "助教": TitleLevel.JUNIOR,
    "助理馆员": TitleLevel.JUNIOR,
}


class EducationLevel(models.TextChoices):
    """Schooling (学历), highest first: GB/T 4658. A degree is another fact (GB/T 6864)."""

    DOCTOR = "11", _("doctoral studies (博士研究生)")
    MASTER = "14", _("master's studies (硕士研究生)")
    POSTGRADUATE_CLASS = "17", _("postgraduate class (研究生班)")
    BACHELOR = "21", _("university (大学本科)")
    COLLEGE = "31", _("college (大学专科)")
    SECONDARY_VOCATIONAL = "41", _("secondary vocational school (中专)")
    SENIOR_HIGH = "61", _("senior high school (普通高中)")
    OTHER = "90", _("other")


class Degree(models.TextChoices):
    """Degrees (学位), GB/T 6864."""

    DOCTOR = "doctor", _("doctor (博士)")
    MASTER = "master", _("master (硕士)")
    BACHELOR = "bachelor", _("bachelor (学士)")


# The order in which posts of one body are named; anything else comes after these.
POST_ORDER = (
    "主席",
    "主委",
    "书记",
    "副主席",
    "副主委",
    "副书记",
    "秘书长",
    "常委",
    "委员",
)
