"""`derive help`: the page about the language, by section."""

from __future__ import annotations

import pytest

from derive.app.files import language_page
from derive.app.help import contents, find, read_sections

PAGE = """\
# Title
## One thing
text
### Its part
```derive
## no heading
```
## Another thing
end
"""
SECTIONS = read_sections(PAGE)


def test_sections_are_headings_outside_blocks():
    assert [s.topic for s in SECTIONS] == ["one-thing", "its-part", "another-thing"]
    assert "## no heading" in SECTIONS[1].lines


@pytest.mark.parametrize(
    "wanted,           count",
    [("one-thing", 1), ("part", 1), ("thing", 2), ("nothing", 0)],
)
def test_a_topic_is_found_by_its_name_or_a_word_of_it(wanted, count):
    assert len(find(SECTIONS, wanted)) == count


def test_a_section_brings_its_subsections():
    assert "### Its part" in find(SECTIONS, "one-thing")[0]


def test_the_list_of_topics(derive):
    status, out, _ = derive("help")
    assert status == 0
    assert out.rstrip() == contents(read_sections(language_page().read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "topic",
    ["items", "givens", "expressions", "chains", "reasons", "verdicts", "imports", "letters"],
)
def test_the_topics_that_people_look_for(derive, topic):
    status, out, err = derive("help", topic)
    assert (status, err) == (0, "")
    assert out.startswith("#")


def test_an_unknown_topic_has_its_nearest(derive):
    status, _, err = derive("help", "verdits")
    assert status == 2
    assert "did you mean `derive help verdicts`?" in err
