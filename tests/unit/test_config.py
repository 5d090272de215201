from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from arfix.config import PRESETS, Config, Options
from arfix.errors import ArfixError, ConfigError


def test_defaults_use_every_class_safely() -> None:
    config = Config()
    assert config.level == "safe"
    assert config.min_confidence == 0.0
    assert all(config.uses(code) for code in ("AR201", "AR301", "AR401"))


def test_no_options_give_the_same_config() -> None:
    config = Config(level="guess")
    assert Config.make(config) is config


def test_options_go_over_the_config_and_leave_it_alone() -> None:
    config = Config(level="guess", min_confidence=0.5)
    made = Config.make(config, min_confidence=0.75)
    assert (made.level, made.min_confidence) == ("guess", 0.75)
    assert config.min_confidence == 0.5


def test_a_code_may_stand_for_its_hundred() -> None:
    config = Config(select=["AR3", "AR401"], ignore="AR302")
    assert [config.uses(code) for code in ("AR201", "AR301", "AR302", "AR401")] == [
        False,
        True,
        False,
        True,
    ]


def test_one_string_is_one_item() -> None:
    assert Config(keep="كلمة").keep == {"كلمة"}
    assert Config(select="AR301").select == ("AR301",)


def test_iterables_of_any_kind_are_taken_once() -> None:
    config = Config(select=iter(["AR301"]), keep=["ا", "ب"])  # type: ignore[arg-type]
    assert config.select == ("AR301",)
    assert config.keep == {"ا", "ب"}


def test_is_hashable_equal_and_picklable() -> None:
    config = Config(select=["AR3"], keep=["ا"])
    assert hash(config) == hash(Config(select=("AR3",), keep=frozenset("ا")))
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ({"min_confidance": 0.5}, "did you mean 'min_confidence'"),
        ({"zzz": 1}, "known: "),
        ({"level": "sage"}, "did you mean 'safe'"),
        ({"level": None}, "known: safe, guess"),
        ({"min_confidence": 1.5}, "from 0 to 1"),
        ({"min_confidence": float("nan")}, "from 0 to 1"),
        ({"min_confidence": "0.5"}, "no number"),
        ({"min_confidence": True}, "no number"),
        ({"select": ["lost-glyphs"]}, "AR301"),
        ({"ignore": [301]}, "strings"),
        ({"keep": [b"x"]}, "strings"),
        ({"keep": 7}, "strings"),
        ({"use_prior": 1}, "neither True nor False"),
        ({"preset": "corpsu"}, "did you mean 'corpus'"),
    ],
)
def test_errors_say_what_to_write(options: dict[str, object], advice: str) -> None:
    with pytest.raises(ConfigError, match=advice):
        Config.make(**options)


def test_something_else_for_a_config_is_an_error() -> None:
    with pytest.raises(ConfigError, match="by name"):
        Config.make("guess")  # type: ignore[arg-type]


def test_the_error_is_what_callers_expect_it_to_be() -> None:
    assert issubclass(ConfigError, (ArfixError, ValueError, TypeError))


class TestPreset:
    def test_fills_what_was_left_as_it_was(self) -> None:
        assert Config(preset="corpus").min_confidence == PRESETS["corpus"]["min_confidence"]
        assert Config(preset="corpus") == Config.make(preset="corpus")

    def test_the_caller_goes_before_it(self) -> None:
        assert Config.make(preset="corpus", min_confidence=0.0).min_confidence == 0.0
        assert Config.make(preset="corpus", ignore=()).ignore == ()

    def test_it_goes_before_the_config_it_is_put_over(self) -> None:
        assert Config.make(Config(min_confidence=0.1), preset="corpus").min_confidence == 0.9

    def test_leaves_nothing_behind_that_comes_back_later(self) -> None:
        config = replace(Config(preset="corpus"), min_confidence=0.0)
        assert config.min_confidence == 0.0

    def test_each_one_is_made_of_options(self) -> None:
        for name, options in PRESETS.items():
            assert set(options) <= set(Options.__annotations__), name
