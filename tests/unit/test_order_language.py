"""Whose words a text is in, although a font gives some letters wrong names."""

from __future__ import annotations

import pytest
from unit.test_unknown_symbols import TEXT, written

from arfix.order.language import ARABIC_TEXT, OTHER, PERSIAN, language
from arfix.resources import Resources

PERSIAN_LINES = (
    "این کتاب را دیروز از کتابخانه شهر گرفتم و امروز با دوستم درباره آن گفتگو کردم",
    "هوا سرد بود و مردم در خیابان به سوی ایستگاه اتوبوس می‌رفتند تا به خانه برسند",
    "پدرم می‌گوید که زندگی در روستا آرام است ولی کار کردن در آنجا همیشه سخت بوده است",
)
URDU_LINES = (
    "یہ کتاب بہت اچھی ہے اور میں اسے روز پڑھتا ہوں کیونکہ اس میں بڑی باتیں ہیں",
    "ہم لوگ کل شام کو بازار گئے تھے اور وہاں سے گھر کے لیے پھل اور سبزیاں لائے",
    "اس شہر کی سڑکیں بہت چوڑی ہیں مگر ٹریفک کی وجہ سے سفر میں دیر لگتی ہے",
)
KURDISH_LINES = (
    "ئەم کتێبە زۆر باشە و من هەموو ڕۆژێک دەیخوێنمەوە لەگەڵ هاوڕێکانم",
    "دوێنێ چووینە بازاڕ و هەندێک میوە و سەوزەمان کڕی بۆ ماڵەوە",
)


@pytest.mark.parametrize("turned", [False, True])
def test_foreign_letters_in_arabic_words_are_a_fonts_doing(turned: bool) -> None:
    text = written(TEXT, {("ع", "initial"): "\u06b1", ("ة", "final"): "\u06c8",
                          ("ل", "isolated"): "\u06af"})  # fmt: skip
    lines = [line[::-1] if turned else line for line in text.split("\n")]
    assert language(lines, Resources.load()) == ARABIC_TEXT


@pytest.mark.parametrize("turned", [False, True])
def test_persian_with_wrong_letters_is_persian(turned: bool) -> None:
    lines = [line.replace("س", "ش") for line in PERSIAN_LINES]
    lines = [line[::-1] if turned else line for line in lines]
    assert language(lines, Resources.load()) == PERSIAN


@pytest.mark.parametrize("lines", [URDU_LINES, KURDISH_LINES], ids=["urdu", "kurdish"])
def test_other_languages_are_neither(lines: tuple[str, ...]) -> None:
    assert language(list(lines), Resources.load()) == OTHER
