"""The words that the rules go by, beside the verbs of `triggers`."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _words("is are was were be been being")
AUX = BE | _words("has have had does do did may might can could will would should must to")
ADVERBS = _words(
    "not also then never only further thus thereby therefore subsequently markedly even still almost often "
    "both either all partly in part potentially directly well strongly dose-dependently already each"
)
DETERMINERS = _words("the a an its their this these those some many several such both all any each no")
NEGATING = _words("not never cannot neither nor without n't no")
HEDGES = _words(
    "may might could potentially possibly probably presumably likely perhaps seem seems seemed appear "
    "appears appeared suggest suggests suggested suggesting putative putatively hypothesised hypothesized "
    "thought believed"
)
UNREAL = _words("whether if would should hypothesis")
BOUNDARIES = _words("; : . whereas while but although though because since however when where so despite")
RELATIVE = _words("which that who")
BY = _words("by thereby thus through via")
JOINTS = _words("and or nor and/or")
PREPOSITIONS = _words(
    "in on at by from with without after before during via through into onto to for against among between "
    "under over within upon towards toward of as than following per across despite using"
)
# What stands before "of X" or behind X and means that X is at work.
AGENT_NOUNS = _words(
    "administration injection injections infusion instillation treatment treatments transfer delivery "
    "application overexpression expression level levels addition presence exposure use upregulation release "
    "secretion activation loading incubation transplantation transfection effect action activity dose doses "
    "uptake supplementation inhalation production therapy formation number numbers concentration "
    "concentrations amount content rise growth amounts proliferation"
)
# What turns the claim round: "loss of X", "X knockdown".
INVERSE = _words(
    "loss lack absence inhibition reduction decrease degradation deficiency knockdown knockout silencing "
    "deletion depletion blockade blocking neutralisation neutralization downregulation suppression inhibitor "
    "inhibitors antagonist antagonists antibody antibodies withdrawal removal ablation death apoptosis "
    "dysfunction damage injury poor impaired deficient apoptotic dead dying disruption cleavage anti reduced "
    "silenced clearance resistance low decreased"
)
GIVEN = _words(
    "administered given injected delivered infused instilled applied received administering injecting "
    "transplanted treated"
)
TAKEN = _words(
    "derived isolated obtained purified harvested collected secreted released prepared produced generated "
    "originating extracted shed"
)
# What says that a remedy is meant for something, by itself and next to "for" or "in".
STUDIED = _words(
    "investigated studied examined evaluated tested assessed explored used proposed considered testing "
    "evaluating investigating candidate candidates promising option emerged administered given approach "
    "approaches treated"
)
MEANT = STUDIED | _words("potential tool strategy treatment therapy alternative value effect effects use")
TESTS = _words(
    "test tests testing tested evaluate evaluates evaluating evaluated assess assessing assessed investigate "
    "investigated investigating study studied examined examining received reported ongoing improved safe "
    "conducted underway"
)
FILLED = frozenset(
    {
        *(("enriched", word) for word in ("in", "with", "for")),
        *((word, "with") for word in ("loaded", "packed", "filled", "equipped", "laden")),
        *(("rich", "in"), ("positive", "for")),
    }
)
HELD = frozenset(
    {
        *(
            (word, "in")
            for word in ("carried", "contained", "packaged", "present", "encapsulated", "enclosed")
        ),
        *(("carried", "by"), ("packaged", "into"), ("loaded", "into"), ("cargo", "of")),
    }
)
LINKED = frozenset({("associated", "with"), ("correlated", "with"), ("correlates", "with"), ("linked", "to")})
SHOWN = _words("characterized characterised marked accompanied")
ROLES = _words("play plays played playing")
HYPHEN = re.compile(r"^-(?P<how>[a-z]+)$")
# "X-induced Y": the sense that it says; with none, it says nothing by itself.
COMPOUNDS = {
    "induced": "induce",
    "stimulated": "raise",
    "triggered": "induce",
    "driven": "cause",
    "evoked": "induce",
    "activated": "activate",
    "enhanced": "raise",
    "suppressed": "suppress",
    "inhibited": "inhibit",
}
ADJECTIVE = re.compile(r"(?:ic|al|ive|ous|ed|ar|ary|ent|ant|less|ful)$")
