"""The data behind the picture of a contradiction, reached a second way."""

# networkx leaves the types of attributes open:
# pyright: reportUnknownMemberType=false

import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

import networkx as nx
import pytest
from matplotlib import pyplot as plt
from matplotlib.offsetbox import AnnotationBbox, TextArea
from matplotlib.patches import FancyArrowPatch
from pictures import blank, words

from mechsim import Anonymous, Line, Rankings, Strategyproof, plot
from mechsim.axioms import NonDictatorial, ParetoOptimal, StronglyProportional
from mechsim.design import NoRule, impossible
from mechsim.plot.contradiction import profiles_of

VOTE = Rankings(("a", "b", "c"))


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction] - pytest finds it
    yield
    plt.close("all")


@cache
def none(*axioms: Any, setting: Any = VOTE) -> NoRule:
    found = impossible([Strategyproof(), *axioms], setting, agents=2)
    assert isinstance(found, NoRule)
    return found


def told(box: AnnotationBbox) -> list[str]:
    """The words in a box."""
    areas: list[Any] = box.findobj(TextArea)
    return [area.get_text() for area in areas]


class TestProfilesOfTheContradiction:
    """A node is a profile of the core; an edge is somebody's lie from one to another."""

    def test_nodes_are_the_profiles(self) -> None:
        found = none(Anonymous(), ParetoOptimal())
        graph = profiles_of(found)
        assert len(graph) == len(found.profiles) == 9
        names = set(nx.get_node_attributes(graph, "profile").values())
        short = {
            f"({', '.join(VOTE.tell_type(one).replace(' > ', '') for one in profile)})"
            for profile in found.profiles
        }
        assert names == short

    def test_an_edge_changes_one_report(self) -> None:
        graph = profiles_of(none(ParetoOptimal(), NonDictatorial()))
        agents: dict[tuple[int, int], int] = nx.get_edge_attributes(graph, "agent")
        names: dict[int, str] = nx.get_node_attributes(graph, "profile")
        for (honest, lied), agent in agents.items():
            true, false = (names[one].strip("()").split(", ") for one in (honest, lied))
            assert [k for k in range(2) if true[k] != false[k]] == [agent]

    def test_what_is_gone_is_dominated(self) -> None:
        graph = profiles_of(none(Anonymous(), ParetoOptimal()))
        for _, node in graph.nodes(data=True):
            rankings = node["profile"].strip("()").split(", ")
            for outcome in node["gone"]:
                letter = "abc"[outcome]
                assert any(
                    all(r.index(better) < r.index(letter) for r in rankings) for better in "abc"
                )
            assert {*node["left"], *node["gone"]} == {0, 1, 2}

    def test_two_profiles_are_enough_for_strong_proportionality(self) -> None:
        graph = profiles_of(none(StronglyProportional(), setting=Line(0, 1).grid(2)))
        assert len(graph) == 2
        assert len(graph.edges) == 1


class TestPicture:
    """A box for each profile, an arrow for each lie, and a key."""

    def test_boxes_and_arrows(self) -> None:
        found = none(Anonymous(), ParetoOptimal())
        graph = profiles_of(found)
        axes = plot.contradiction(found, ax=blank())
        boxes = [one for one in axes.artists if isinstance(one, AnnotationBbox)]
        assert sorted(told(box)[0] for box in boxes) == sorted(
            nx.get_node_attributes(graph, "profile").values()
        )
        assert all(told(box)[1:] == ["a", "b", "c"] for box in boxes)
        arrows = [one for one in axes.patches if isinstance(one, FancyArrowPatch)]
        assert len(arrows) == len({frozenset(edge) for edge in graph.edges})
        assert words(axes) == ["an agent could report that"]

    def test_agents_have_colours(self) -> None:
        found = none(ParetoOptimal(), NonDictatorial())
        axes = plot.contradiction(found)
        assert words(axes) == ["agent 0 could report that", "agent 1 could report that"]
        places = [tuple(one.xy) for one in axes.artists if isinstance(one, AnnotationBbox)]
        assert len(set(places)) == len(places) == len(profiles_of(found))

    def test_arrows_lead_from_box_to_box(self) -> None:
        for names in (("a", "b", "c"), ("ann", "bob", "cat")):
            axes = plot.contradiction(none(Anonymous(), ParetoOptimal(), setting=Rankings(names)))
            axes.figure.canvas.draw()
            boxes = [one for one in axes.artists if isinstance(one, AnnotationBbox)]
            extents = [box.patch.get_window_extent() for box in boxes]
            near = 8 * axes.figure.dpi / 72
            arrows = [one for one in axes.patches if isinstance(one, FancyArrowPatch)]
            for arrow in arrows:
                line: Any = arrow.get_path().vertices
                for end in axes.transData.transform([line[0], line[2]]):
                    gaps = [
                        max(box.x0 - end[0], end[0] - box.x1, box.y0 - end[1], end[1] - box.y1)
                        for box in extents
                    ]
                    assert 0 < min(gaps) < near

    def test_others_are_refused(self) -> None:
        with pytest.raises(ValueError, match="no_rule is 3: it must be a proof that there is none"):
            plot.contradiction(3)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]

    def test_many_profiles_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.modules["mechsim.plot.contradiction"], "MOST", 8)
        with pytest.raises(ValueError, match="no_rule is about 9 profiles: at most 8 can be"):
            plot.contradiction(none(Anonymous(), ParetoOptimal()))
