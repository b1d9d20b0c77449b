"""Passwords that are tried first: common words, rows of keys, dates, and names known to all.

Django brings a list of 19,646 common passwords; only 187 of them are as long as ours must be,
because people lengthen a short one with another, a year or a row of keys. So a password is taken
apart here: three common pieces or fewer make no good password, however long it is.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator

SHORTEST = 12
"""So long must a password be, with what is repeated in it counted once."""
FEWEST_PIECES = 4
"""Four words chosen at random are worth a good password; three with a year are not."""

# What is typed in Chinese offices: pinyin of everyday words, place names, parties, lucky numbers.
_CHINESE = """
woai woaini woaiwojia woaizuguo aini nihao wode mima wodemima mimamima zhongguo zhonghua zhongguoren
renmin gongheguo beijing shanghai tianjin chongqing guangdong guangzhou shenzhen zhejiang hangzhou
jiangsu nanjing suzhou shandong jinan sichuan chengdu hubei wuhan hunan changsha henan zhengzhou
hebei fujian xiamen liaoning dalian shanxi shaanxi xian yunnan guizhou guangxi hainan gansu ningxia
qinghai xinjiang xizang neimenggu heilongjiang jilin anhui jiangxi putuo xuhui jingan huangpu
xuexiao xueyuan daxue zhongxue xiaoxue jiaoyu jiaoyuju jiaoshi laoshi xuesheng xiaozhang shuji
zhuren banzhuren jiaowuchu bangongshi danwei gongzuo gongzuozhe guanli guanliyuan xitong dangan
tongzhan tongyizhanxian tongzhanbu dangwei dangzhibu dangyuan minzhudangpai minge minmeng minjian
minjin nonggong nonggongdang zhigong zhigongdang jiusan jiusanxueshe taimeng wudangpai
xinnian kuaile xinniankuaile shengri shengrikuaile gongxifacai facai dajidali xingfu pingan jiankang
baobei baobao laopo laogong mama baba jiejie gege didi meimei pengyou zhongqiu guoqing chunjie
zhao qian sun li zhou wu zheng wang feng chen wei jiang shen han yang zhang liu huang lin gao luo
1314 520 5201314 1314520 521 7758258 7758521 147258 147258369 159357 168 518 666 888 999 110110
wang123 zhang123 admin123 root123 abc123 a123456 qq123456 aa123456 woaini1314 woaini520
admin administrator root guest test user login password passwd passw0rd welcome changeme letmein
mima123 qwe123 zxc123 asd123 qaz123 我爱你 密码 我的密码 中国 上海 北京 学校 学院 老师
统战 统战部 管理员 新年快乐
"""

_ROWS = (
    *("01234567890", "abcdefghijklmnopqrstuvwxyz", "!@#$%^&*()_+", "一二三四五六七八九十"),
    *("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"),
    *("!qaz@wsx#edc$rfv%tgb^yhn&ujm*ik", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0"),
    *("qazwsxedcrfvtgbyhnujmikolp", "147258369", "963852741", "789456123", "asdf1234567890"),
)
_LETTERS_FOR_SIGNS = str.maketrans("@013$5!", "aoiessi")
_DATE = re.compile(r"(19|20)\d\d((0[1-9]|1[0-2])([0-2]\d|3[01])?)?|\d\d(0[1-9]|1[0-2])[0-3]\d")
_REPEATED = re.compile(r"(.{1,6}?)\1{2,}")
_LONGEST_PIECE = 40


def is_weak(password: str, *, names: frozenset[str] = frozenset()) -> bool:
    """Whether ``password`` falls apart into three guessable pieces or fewer.

    ``names`` are further words known to everybody who guesses: user name, school, their pinyin.
    """
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(_REPEATED.sub(r"\1", folded)) < SHORTEST:
        return True
    return any(
        _fewest_pieces(text, names) < FEWEST_PIECES
        for text in {folded, folded.translate(_LETTERS_FOR_SIGNS)}
    )


@cache
def common_words() -> frozenset[str]:
    """Django's common passwords and ours, in small letters, of three characters or more."""
    chinese = _CHINESE.split()
    return frozenset(
        word
        for word in (*CommonPasswordValidator().passwords, *chinese)
        if len(word) >= 3 or not word.isascii()
    )


def _fewest_pieces(text: str, names: frozenset[str]) -> int:
    """The smallest number of pieces that make up ``text``; a single character is a piece too."""
    fewest = [0]
    for end in range(1, len(text) + 1):
        fewest.append(1 + fewest[end - 1])
        for start in range(max(0, end - _LONGEST_PIECE), end - 1):
            if 1 + fewest[start] < fewest[end] and _is_piece(text[start:end], names):
                fewest[end] = 1 + fewest[start]
    return fewest[-1]


def _is_piece(part: str, names: frozenset[str]) -> bool:
    return (
        part in names
        or part in common_words()
        or _DATE.fullmatch(part) is not None
        or len(set(part)) == 1
        or (len(part) >= 3 and (_is_on_a_row(part) or _is_on_a_row(part[::-1])))
    )


def _is_on_a_row(part: str) -> bool:
    return any(part in row for row in _ROWS) or all(
        ord(after) - ord(before) == 1 for before, after in pairwise(part)
    )
