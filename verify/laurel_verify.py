#!/usr/bin/env python3
"""Works out a list of awards of Laurel again, from an exported bundle alone.

    python3 laurel_verify.py BUNDLE.zip [--quiet] [--json] [--head HASH]

Needs Python 3.9 or newer and nothing else: no network, no database, no other file. It was written from the published
rules (docs/rulebook.md) and the description of the bundle (docs/adr/0007-bundle.md), not from the product's code, and
shares none with it. It answers 0 where everything holds, 1 where anything differs, and says what it did not work out.

Numbers are exact: integers and fractions, rounded once, half up.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import re
import struct
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Any, Callable, NamedTuple, Optional

FORMAT, VERSION, RULES = "laurel-bundle", 1, "1"
ZEROS = "0" * 64
MOST_PLACES = 9
NUMBER = re.compile(r"\d{1,15}(\.\d{1,9})?(/\d{1,9})?")
TEXT, WHOLE, YES_NO, LIST, THING = str, int, bool, list, dict
NUMBER_OR_NONE, TEXT_OR_NONE = (int, type(None)), (str, type(None))
SHAPES: dict[str, dict[str, Any]] = {
    "contest": {"key": TEXT, "kind": TEXT, "places": WHOLE, "state": TEXT, "two_persons": YES_NO, "approval": LIST},
    "tracks": {"code": TEXT, "by_minutes": YES_NO, "scan": TEXT},
    "rounds": {"code": TEXT, "weight": TEXT, "is_for_finalists": YES_NO, "by_division": YES_NO, "cuts": LIST},
    "rubrics": {"round": TEXT, "track": TEXT, "kind": TEXT, "places": WHOLE, "method": TEXT, "reviews": WHOLE,
                "measure": TEXT, "attempts": WHOLE, "combine": TEXT, "criteria": LIST},
    "entries": {"number": TEXT, "key": TEXT, "track": TEXT, "division": TEXT},
    "places": {"round": TEXT, "entry": TEXT, "is_absent": YES_NO},
    "sheets": {"key": TEXT, "round": TEXT, "entry": TEXT, "judge": TEXT, "state": TEXT, "marks": LIST},
    "conflicts": {"judge": TEXT, "entry": TEXT, "kind": TEXT},
    "attempts": {"key": TEXT, "round": TEXT, "entry": TEXT, "number": WHOLE, "state": TEXT, "outcome": TEXT,
                 "points": NUMBER_OR_NONE, "milliseconds": NUMBER_OR_NONE},
    "runs": {"key": TEXT, "rule_version": TEXT, "code_version": TEXT, "parameters": THING, "input_digest": TEXT,
             "result_digest": TEXT},
    "standings": {"entry": TEXT, "stage": WHOLE, "score": NUMBER_OR_NONE, "milliseconds": NUMBER_OR_NONE,
                  "rank": NUMBER_OR_NONE, "sheets": WHOLE, "missing": WHOLE, "is_trimmed": YES_NO},
    "plan": {"track": TEXT, "division": TEXT, "rounding": TEXT, "ties": TEXT, "cap_count": NUMBER_OR_NONE,
             "cap_percent": TEXT_OR_NONE, "levels": LIST, "breakers": LIST},
    "decisions": {"entry": TEXT, "code": TEXT, "terms": TEXT},
    "moves": {"number": WHOLE, "terms": TEXT, "majority": TEXT, "present": WHOLE, "in_favour": WHOLE, "against": WHOLE,
              "abstained": WHOLE, "recused": WHOLE, "is_carried": YES_NO, "steps": LIST},
    "specials": {"key": TEXT, "number": WHOLE, "tracks": LIST, "divisions": LIST},
    "special_awards": {"prize": TEXT, "entry": TEXT, "minutes": TEXT},
    "terms": {"track": TEXT, "places": WHOLE, "nomination_places": WHOLE, "majority": TEXT, "majority_of": TEXT,
              "quorum": TEXT, "members": WHOLE},
    "ballots": {"ballot": WHOLE, "track": TEXT, "way": TEXT, "is_secret": YES_NO, "cap": WHOLE, "present": WHOLE,
                "issued": WHOLE, "returned": WHOLE, "valid": WHOLE, "invalid": WHOLE, "counts": LIST},
    "resolutions": {"serial": WHOLE, "step": TEXT, "outcome": TEXT, "seen": TEXT, "approves": TEXT, "struck": LIST,
                    "titles": LIST},
    "votes": {"ballot": WHOLE, "entry": TEXT, "member": TEXT, "choice": TEXT},
    "lists": {"key": TEXT, "version": WHOLE, "state": TEXT, "plan": NUMBER_OR_NONE, "run": TEXT, "digest": TEXT,
              "recognitions": WHOLE, "tie_values": THING, "moves": LIST},
    "titles": {"title": WHOLE, "kind": TEXT, "follows": LIST, "number": WHOLE, "ties": TEXT, "of": LIST, "given": LIST},
    "awards": {"entry": TEXT, "code": TEXT, "place": NUMBER_OR_NONE, "by": TEXT},
    "events": {"seq": WHOLE, "at": TEXT, "actor": TEXT, "via": TEXT, "action": TEXT, "subject": TEXT, "body": THING,
               "hash": TEXT},
}  # fmt: skip
IF_ANY = ("breakers", "tie_values", "scan", "moves", "two_persons", "approval", "titles")  # a line has these if any
MEMBERS_IF_ANY = ("moves", "specials", "special_awards", "ballots", "resolutions", "titles")  # and a bundle these
ONCE: dict[str, tuple[str, ...]] = {  # what may stand only once in each
    "tracks": ("code",), "rounds": ("code",), "rubrics": ("round", "track"), "entries": ("number",),
    "places": ("round", "entry"), "sheets": ("round", "entry", "judge"), "conflicts": ("judge", "entry"),
    "attempts": ("round", "entry", "number"), "standings": ("entry",), "plan": ("track", "division"),
    "decisions": ("entry",), "moves": ("number",), "specials": ("key",), "special_awards": ("prize", "entry"), "terms": ("track",), "votes": ("ballot", "entry", "member"), "awards": ("entry",),
    "ballots": ("ballot",), "resolutions": ("serial",), "titles": ("title",),
}  # fmt: skip
CONTEST_MOVES = {
    "setup": ("entry", "judging"), "entry": ("setup", "judging"), "judging": ("decision",),
    "decision": ("judging", "locked"), "locked": ("decision", "published"), "published": ("decision",),
}  # fmt: skip
LIST_MOVES = {"draft": ("locked", "superseded"), "locked": ("published", "superseded"), "published": ("superseded",)}
FIXED = ("locked", "published")
# what decides and may not happen between the lock of a list and the bundle; and what changes many rows in one event
DECIDES = ("sheet.", "attempt.", "roundentry.", "plan.", "minutes.", "finalists.chosen", "move.", "moves.ruled",
           "special.", "ballot.")  # fmt: skip
AT_ONCE = ("sheets.recorded", "entries.imported", "eligibility.checked", "rounds.saved", "rounds.filled",
           "rubrics.saved", "tracks.saved", "votes.recorded", "terms.saved", "decisions.saved")  # fmt: skip
ENTRY_MOVES = ("entry.passed", "entry.not_passed", "entry.withdrawn", "entry.returned")
# what takes two persons, and what may have been proposed of it; a correction locks and publishes the list anew
TAKES_TWO = {
    "contest.locked": ("lock", "correct"), "awardlist.locked": ("lock", "correct"),
    "contest.published": ("publish", "correct"), "awardlist.published": ("publish", "correct"),
    "notice.opened": ("notice", "correct"), "notice.taken-down": ("notice-down",), "two-persons.off": ("one-person",),
    "resolution.recorded": ("resolution",), "resolution.withdrawn": ("resolution-back",),
    "finalists.published": ("finalists",), "finalists.taken-back": ("finalists-back",),
}  # fmt: skip
TAKEN_BACK = ("amend", "correct")  # of a list or contest that was fixed

WORDS = {
    # checked
    "file": ("文件结构（字节）", "bytes of the file, each in its place"),
    "members": ("清单中的成员（SHA-256）", "members of the manifest, by SHA-256"),
    "lines": ("行（规范 JSON）", "lines of canonical JSON"),
    "chain": ("日志事件（哈希链）", "events of the log, each hashed with the one before"),
    "persons": ("双人复核的步骤", "steps of two persons, proposed by one and done by another"),
    "phases": ("赛事与名单的状态变化", "moves of contest and list, in an allowed order"),
    "links": ("日志对数据的印证", "digests and states in the log, held against the data"),
    "conflicts": ("有效评分表（回避）", "sheets that count, none of a judge in conflict"),
    "marks": ("打分", "marks within their limits"),
    "attempts": ("实测成绩（已核对）", "confirmed attempts"),
    "scores": ("得分与名次", "scores and ranks worked out again"),
    "finalists": ("入围作品", "finalists worked out again"),
    "cuts": ("奖项组（名额与分数线）", "groups of the prize plan, places and cuts worked out again"),
    "ties": ("并列决定", "decisions on ties, each for its own tie"),
    "breakers": ("跨线同分比较", "what tie-breakers say of entries tied across a cut, worked out again"),
    "moves": ("合议调整的表决", "votes of the committee on moves, counted again, each within the places of the plan"),
    "specials": ("专项奖", "special prizes, each within its number, open to its entry, and given in the log"),
    "ballots": ("投票轮次", "ballots counted again"),
    "resolutions": ("批准决定", "decisions of bodies above the committee, each on what the one before approved"),
    "titles": ("随奖荣誉", "titles that follow from prizes, each worked out again"),
    "awards": ("获奖作品", "awards, each held against what is due"),
    # not recomputed
    "no-names": ("姓名、题目、学校：核验包不含姓名；名单摘要 {digest} 只能由主办单位核对",
                 "names, titles, schools: the bundle names nobody; the digest {digest} of the list with its "
                 "names can be checked by the office alone"),
    "no-analysis": ("评委宽严模型：仅供分析，不决定任何奖项，不在包内",
                    "the severity model: analysis only, it decides nothing and is not in the bundle"),
    "conflicts-given": ("回避对（{number} 对）按核验包所列；由何人何校得出，需主办单位数据库核对",
                        "who is in conflict with what ({number} pairs): taken as stated, since it follows from names"),
    "entries-given": ("参评作品（{number} 件）的资格审查：按核验包所列",
                      "why these {number} entries count and others do not: taken as stated"),
    "minutes-given": ("按纪要产生的奖项（{number} 项）：别处评定，只核对是否与所存决定一致",
                      "prizes by minutes ({number}): decided elsewhere, only held against the stored decisions"),
    "minutes-scan": ("赛项 {track} 的会议纪要扫描件不在包内：与主办单位出示的文件核对 SHA-256 {sha256}",
                     "the scanned minutes of track {track} are not in the bundle: hold the SHA-256 {sha256} against the "
                     "file that the office shows"),
    "decisions-given": ("委员会对并列的决定（{number} 件）：只核对是否属于该并列、是否超出名额",
                        "why the committee decided ties as it did ({number} entries): only that each is for its tie"),
    "moves-given": ("委员会为何调整（{number} 件作品）：理由和纪要不在包内；此处核对表决、规则、所依据的排名和名额",
                    "why the committee moved {number} entries: reasons and minutes are not in the bundle; vote, rule, the "
                    "ranking that it saw and the places are checked"),
    "specials-given": ("专项奖授予何作品（{number} 项）：由评委会决定，纪要不在包内；此处核对数量、范围和日志",
                       "to which entries special prizes went ({number}): the committee chose, its minutes are not in the "
                       "bundle; numbers, whom they are for and the log are checked"),
    "terms-blank": ("{number} 项决定来自工作簿，未注明属于哪个并列", "{number} decisions of a workbook name no tie"),
    "recognitions": ("集体与教师表彰（{number} 项）：其依据会透露未获奖者，故不在包内",
                     "recognitions of units, schools and tutors ({number}): what they rest on would tell who won nothing"),
    "commitments": ("日志中对单张评分表的承诺值（HMAC）：只有持赛事密钥者能核对；此处核对的是全部打分的摘要",
                    "what the log keeps of single sheets (HMAC): only the contest's secret opens it; the digest of all marks "
                    "is checked instead"),
    "plan-why": ("奖项方案的更改理由（{number} 次）：日志中只有承诺值（HMAC）和所附文件的 SHA-256，理由、纪要和文件不在包内",
                 "why the prize plan was changed ({number} times): of reason and minutes the log keeps a commitment (HMAC), of a "
                 "paper its SHA-256; none of them is in the bundle"),
    "titles-given": ("获奖者的学校和辅导教师：以代码表示，按核验包所列；据此重算 {number} 个称号",
                     "the schools and tutors of winners: codes, taken as stated; by them {number} titles were worked out again"),
    "title-ties": ("称号 {title}：委员会在 {number} 个并列者中的决定，只核对是否超出名额（{seats}）",
                   "title {title}: whom the committee chose among {number} equals; only that it kept to the places ({seats})"),
    "approval-waits": ("名单尚未发布：{number} 级批准，已记录 {found} 份决定",
                       "the list is not published yet: {number} bodies approve it, {found} decisions are recorded"),
    "resolutions-given": ("批准文件（{number} 份）：文件和理由不在包内，只核对日志、先后次序和所批准的奖项",
                          "what the documents of {number} decisions say: neither they nor reasons are in the bundle; the "
                          "log, the order and the prizes approved are checked"),
    "eligibility": ("市长奖候选资格：依据个人获奖记录，不在包内",
                    "who is eligible for the award: it rests on what people have won, which is not in the bundle"),
    "finalists-given": ("“{round}”的入围：名单由工作簿或人工给出，没有分数线",
                        "finalists of “{round}”: named by hand or workbook, without a cut"),
    "finalists-moved": ("“{round}”的入围：确定之后上一轮数据又有变动（{entries}）",
                        "finalists of “{round}”: what they rest on was changed after they were chosen ({entries})"),
    "loaded-after-lock": ("日志第 {seq} 号：锁定后又载入数据（{action}）；已按现有数据重算",
                          "event {seq} of the log: rows were loaded after the lock ({action}); what is there now was worked out"),
    "log-older": ("日志由较早的版本写成，没有{what}的摘要", "the log was written by an earlier version and has no digest of {what}"),
    "one-person": ("本届未启用双人复核：锁定、发布等（{number} 步）由一人办理",
                   "no second person: one person locked, published or changed ({number} steps)"),
    "who-is-who": ("日志中的账号代码是谁、两个账号是否确由两人使用：核验包不含姓名，只核对代码不同",
                   "whose accounts the codes of the log are, and that two accounts are two people: only that they differ"),
    "head-not-given": ("日志末端 {head} 未与独立来源比对（--head）",
                       "the head {head} of the log was not compared with one from elsewhere (--head)"),
    # faults
    "file-damaged": ("文件第 {at} 字节起与规定格式不符（{where}）：文件已损坏或被改动",
                     "from byte {at} on the file is not what a bundle is ({where}): it was damaged or changed"),
    "manifest-wrong": ("清单 manifest.json 不符：{why}", "manifest.json does not hold: {why}"),
    "member-missing": ("缺少成员 {name}", "the member {name} is missing"),
    "member-unknown": ("多出成员 {name}", "there is a member {name} that a bundle does not have"),
    "member-differs": ("成员 {name} 与清单摘要不符", "{name} is not what the manifest says"),
    "line-malformed": ("{name} 第 {line} 行不合规定：{why}", "{name} line {line} is malformed: {why}"),
    "line-twice": ("{name} 中 {what} 重复", "{name} says {what} twice"),
    "chain-seq": ("日志第 {seq} 号之后接 {found} 号：有事件被删除、插入或调换",
                  "event {found} of the log follows {seq}: one was removed, put in or moved"),
    "chain-broken": ("日志第 {seq} 号事件的哈希不符", "event {seq} of the log has not the hash that it must have"),
    "chain-head": ("日志末端不是 {head}（{events} 个事件）", "the log does not end in {head} after {events} events"),
    "head-differs": ("日志末端 {head} 与给定的 {given} 不同", "the log ends in {head}, not in the given {given}"),
    "move-not-allowed": ("日志第 {seq} 号：{what} 不允许从 {was} 到 {to}",
                         "event {seq} of the log: {what} may not go from {was} to {to}"),
    "state-differs": ("{what}{which}的状态是 {state}，日志中是 {found}",
                      "the state of {what}{which}is {state}, in the log {found}"),
    "one-did-both": ("日志第 {seq} 号：{action} 的提出与批准是同一账号", "event {seq} of the log: the same account proposed and did {action}"),
    "not-proposed": ("日志第 {seq} 号：{action} 应由两人办理，而日志中没有与之相符的提请和批准",
                     "event {seq} of the log: {action} takes two persons, and the log knows no proposal and approval that fit"),
    "list-not-fixed": ("获奖名单未锁定", "the list is not locked"),
    "changed-after-lock": ("日志第 {seq} 号：名单锁定后又有 {action}",
                           "event {seq} of the log: {action} after the list was locked"),
    "link-missing": ("日志没有记录{what}", "the log does not know {what}"),
    "link-differs": ("{what}（{field}）与日志第 {seq} 号不符", "{what} ({field}): not what event {seq} of the log says"),
    "conflicted-sheet": ("评委 {judge} 应回避作品 {entry}（{kind}），其评分表却计入",
                         "a sheet of judge {judge} on entry {entry} counts although they are in conflict ({kind})"),
    "recusal-lost": ("评委 {judge} 已回避作品 {entry}，回避对中没有",
                     "judge {judge} stepped back from entry {entry}, and the pair is not among the conflicts"),
    "mark-wrong": ("评委 {judge} 对作品 {entry} 的打分不合评分标准：{what}",
                   "the marks of judge {judge} on entry {entry} do not fit the rubric: {what}"),
    "unknown": ("{name} 提到不存在的 {what}", "{name} speaks of {what}, which is not there"),
    "attempt-wrong": ("作品 {entry} 第 {number} 次实测成绩不合规定", "attempt {number} of entry {entry} does not fit its rubric"),
    "rule-unknown": ("本程序不认识规则：{what}", "this verifier does not know the rule {what}; take a newer one"),
    "standing-missing": ("作品 {entry} 没有名次记录", "there is no standing of entry {entry}"),
    "standing-undue": ("作品 {entry} 不应有名次记录", "there is a standing of entry {entry}, which is not due"),
    "standing-differs": ("作品 {entry} 的{field}：所存 {stored}，重算 {due}",
                         "{field} of entry {entry}: stored {stored}, worked out again {due}"),
    "parameters-differ": ("评分参数与评分标准不符：{what}", "the stored parameters are not those of the rubrics: {what}"),
    "digest-differs": ("{what}摘要：所存 {stored}，重算 {due}", "digest of the {what}: stored {stored}, worked out again {due}"),
    "finalist-differs": ("“{round}”：作品 {entry} {what}", "“{round}”: entry {entry} {what}"),
    "entry-unplanned": ("作品 {entry} 不属于任何奖项组", "entry {entry} belongs to no group of the plan"),
    "decision-other-tie": ("对作品 {entry} 的决定属于另一个并列", "the decision on entry {entry} is on another tie"),
    "decision-without-tie": ("对作品 {entry} 有决定，而该作品并无并列", "there is a decision on entry {entry}, which is tied across no cut"),
    "decision-missing": ("作品 {entry} 的并列没有决定", "nobody decided the tie of entry {entry}"),
    "tie-value-differs": ("作品 {entry} 的同分比较：名单所存 {stored}，重算 {due}",
                          "tie-breakers of entry {entry}: the list keeps {stored}, worked out again {due}"),
    "tie-over-places": ("并列 {entries}：{prize} 给出 {given} 个，只有 {most} 个",
                        "tie of {entries}: {given} × {prize}, where there are {most}"),
    "special-over": ("专项奖 {prize}：授予 {given} 项，只有 {most} 项", "special prize {prize}: given {given} times, there are {most}"),
    "special-closed": ("专项奖 {prize} 不向作品 {entry} 的赛项或组别开放",
                       "special prize {prize} is not for the track or division of entry {entry}"),
    "special-unlogged": ("日志没有记录专项奖 {prize} 授予作品 {entry}，或纪要不符",
                         "the log does not know that special prize {prize} was given to entry {entry}, or under other minutes"),
    "special-missing": ("日志记录专项奖 {prize} 授予作品 {entry}，名单中没有",
                        "the log gives special prize {prize} to entry {entry}, and it is not on the list"),
    "vote-wrong": ("合议调整 {number}：票数之和与实到人数不符", "move {number}: the votes are not together those present"),
    "vote-differs": ("合议调整 {number}：所存结果为 {stored}，按票数应为 {due}",
                     "move {number}: stored as {stored}, by its votes it is {due}"),
    "vote-not-logged": ("合议调整 {number} 的票数与日志第 {seq} 号不符", "move {number}: event {seq} of the log has other votes"),
    "vote-logged-wrong": ("日志第 {seq} 号：合议调整 {number} 记为{stored}，按票数和当时的规定应为{due}",
                          "event {seq} of the log: move {number} is {stored}, by its votes and the rule of then it is {due}"),
    "rule-late": ("日志第 {seq} 号：首次表决或锁定之后又改了合议调整的规定",
                  "event {seq} of the log: the rule for moves was changed after the first vote or the first lock"),
    "minutes-count": ("赛项 {track}：日志第 {seq} 号的纪要给出 {said} 项奖，名单中有 {given} 项",
                      "track {track}: the minutes of event {seq} of the log say {said} prizes, the list has {given}"),
    "used-twice": ("日志第 {seq} 号：{action} 所依据的批准已用过一次", "event {seq} of the log: the approval of {action} was used already"),
    "move-unruled": ("合议调整 {number}：日志中没有允许按“{majority}”调整的规定",
                     "move {number}: the log knows no rule that lets the committee move entries by “{majority}”"),
    "move-lapsed": ("合议调整 {number} 所依据的不是现在的排名、奖项和名额",
                    "move {number} was decided on another ranking, other prizes or other places"),
    "move-wrong": ("合议调整 {number} 中的作品 {entry} 不合规定：{why}", "move {number} is not in order for entry {entry}: {why}"),
    "moves-over-places": ("{group}：调整后 {prize} {given} 个，只有 {most} 个",
                          "{group}: after the moves {given} × {prize}, where there are {most}"),
    "moves-differ": ("名单所依据的合议调整：所存 {stored}，应为 {due}", "moves that the list follows: stored {stored}, due {due}"),
    "award-missing": ("作品 {entry} 应得 {due}，名单中没有", "entry {entry} is due {due} and is not on the list"),
    "award-undue": ("作品 {entry} 名单中为 {stored}，重算不应得奖", "entry {entry} has {stored} on the list and is due nothing"),
    "minutes-of-marks": ("赛项 {track} 由打分评定，却附有会议纪要", "track {track} is judged by marks, and has minutes of prizes"),
    "award-differs": ("作品 {entry} 名单中为 {stored}，应为 {due}", "entry {entry} has {stored} on the list and is due {due}"),
    "ballot-sums": ("第 {ballot} 轮表决：{why}不相符", "ballot {ballot}: {why} do not agree"),
    "ballot-unlogged": ("第 {ballot} 轮表决与日志不符", "ballot {ballot} is not as the log says"),
    "ballot-named": ("第 {ballot} 轮记名表决：{entry} 的票数与各委员的投票不符",
                     "ballot {ballot}: the named votes on {entry} are not its counts"),
    "ballot-tied": ("{track}：最后名额投票相同，未再投票", "{track}: equal at the last place, and no other ballot decided"),
    "approval-differs": ("批准程序：核验包为 {stored}，日志为 {found}", "bodies that approve: {stored} in the bundle, {found} in the log"),
    "approval-late": ("日志第 {seq} 号：名单锁定之后又改了批准程序", "event {seq} of the log: who approves was changed after a lock"),
    "approval-missing": ("名单已发布，而 {step} 没有批准这些奖项", "the list is published, and {step} has not approved these prizes"),
    "approval-order": ("名单已发布，而 {step} 的决定早于前一级或晚于发布",
                       "the list is published, and {step} decided before the body below it, or after the publication"),
    "resolution-wrong": ("第 {number} 号批准决定：所见、所批准与所剔除的奖项不相符",
                         "decision {number}: what it saw, approves and leaves out do not fit together"),
    "resolution-unlogged": ("第 {number} 号批准决定与日志不符", "decision {number} is not as the log says"),
    "title-missing": ("称号 {title}：随作品 {entries} 获奖应得的一位，名单中没有",
                      "title {title}: somebody is due it by the prizes of {entries} and has it not"),
    "title-undue": ("称号 {title}：有一位得到称号（所依作品：{entries}），重算不应得",
                    "title {title}: somebody has it by {entries}, and is not due it"),
    "title-over": ("称号 {title}：并列者中授予 {given} 位，只有 {seats} 个名额",
                   "title {title}: given to {given} of the equals, where {seats} are left"),
    "title-of-nobody": ("称号 {title}：所依作品 {entry} 没有获得相应奖项", "title {title}: it follows from entry {entry}, which has no such prize"),
    "title-twice": ("称号 {title}：作品 {entry} 对应多所学校", "title {title}: entry {entry} stands for several schools"),
    "titles-unacknowledged": ("{step}批准之后，称号 {titles} 的获得者有变动，日志中没有办公室对这一变动的确认",
                              "after {step} approved, titles {titles} went to others, and the log knows no word of the office on this change"),
    "no-quorum": ("{track} 第 {ballot} 轮投票人数不足", "{track}: ballot {ballot} had no quorum"),
}  # fmt: skip


# what sentences name, where it is not a number or a code of the contest
THINGS = {
    "two-persons": ("双人复核", "two persons"), "contest": ("赛事", "the contest"), "list": ("获奖名单", "the list"), "plan": ("奖项方案", "the prize plan"),
    "standings": ("排名", "the standings"), "decisions": ("委员会决定", "the decisions"), "sheet": ("评分表", "sheet"),
    "attempt": ("实测成绩", "attempt"), "entry": ("作品", "entry"), "score": ("得分", "score"), "rank": ("名次", "rank"),
    "stage": ("参加轮次数", "number of rounds"), "sheets": ("评分表数", "number of sheets"),
    "missing": ("缺少的评分表数", "number of missing sheets"), "is_trimmed": ("去掉最高最低", "without extremes"),
    "milliseconds": ("用时", "time"), "input": ("打分", "marks"), "result": ("排名", "standings"),
    "grand": ("特等奖", "grand prize"), "first": ("一等奖", "first prize"), "second": ("二等奖", "second prize"),
    "third": ("三等奖", "third prize"), "merit": ("优秀奖", "merit prize"), "mayor": ("市长奖", "Mayor's Award"),
    "encouragement": ("鼓励奖", "encouragement prize"), "nomination": ("提名奖", "nomination prize"),
    "by-plan": ("按方案", "by the plan"), "by-committee": ("委员会决定", "by the committee"),
    "by-minutes": ("按纪要", "by minutes"), "minutes": ("会议纪要", "the minutes"),
    "issued-returned": ("发出与收回的选票", "ballots issued and returned"), "valid-invalid": ("有效与无效票", "valid and invalid ballots"),
    "votes-of": ("各候选人得票", "votes on nominees"), "names-most": ("同意票与每票限额", "votes for and the most that a ballot names"),
    "council": ("奖励委员会", "the award council"), "government": ("政府", "the government"),
    "moves": ("合议调整", "the moves"), "specials": ("专项奖", "the special prizes"), "carried": ("通过", "carried"), "not-carried": ("未通过", "not carried"),
    "half": ("过半数", "more than half"), "two_thirds": ("三分之二", "two thirds"), "in-all": ("各级合计", "prizes in all"),
    "other-group": ("不在同一奖项组", "not of the same group"), "moved-twice": ("重复调整", "moved twice"),
    "unranked": ("没有得分", "without a score"), "other-before": ("原奖项不符", "had another prize"),
    "no-such-prize": ("没有这一奖项", "no such prize"), "under-minimum": ("低于最低分", "under the least score"),
    "is-due": ("应入围而未入围", "is due and not there"), "is-undue": ("不应入围", "is there and not due"),
}  # fmt: skip


def named(value: Any, language: int) -> Any:
    if isinstance(value, Due):
        place = () if value.place is None else (str(value.place),)
        return f"{named(value.code, language)} ({', '.join((named('by-' + value.by, language), *place))})"
    return THINGS[value][language] if isinstance(value, str) and value in THINGS else value


class Said(NamedTuple):
    """One sentence, by its code, with what it names."""

    code: str
    facts: dict[str, Any]

    def text(self, language: int) -> str:
        facts = {name: named(value, language) for name, value in self.facts.items()}
        words = WORDS[self.code][language].format(**facts)
        return "".join(one if one.isprintable() else "\ufffd" for one in words)


class Malformed(Exception):
    """Something of a shape that this verifier cannot read on."""


class Report:
    def __init__(self) -> None:
        self.checked: dict[str, int] = {}
        self.faults: list[Said] = []
        self.not_recomputed: list[Said] = []
        self.names: dict[str, Any] = {}

    @property
    def holds(self) -> bool:
        return not self.faults

    def count(self, check: str, number: int) -> None:
        self.checked[check] = self.checked.get(check, 0) + number

    def fault(self, code: str, **facts: Any) -> None:
        self.faults.append(Said(code, facts))

    def note(self, code: str, **facts: Any) -> None:
        self.not_recomputed.append(Said(code, facts))


# ── The file ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def local_header(name: bytes, size: int, crc: int) -> bytes:
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, crc, size, size, len(name), 0) + name


def central_header(name: bytes, size: int, crc: int, at: int) -> bytes:
    fields = (b"PK\1\2", 20, 3, 20, 0, 0, 0, 33, crc, size, size, len(name), 0, 0, 0, 0, 0o644 << 16, at)
    return struct.pack("<4s2B5H3L5H2L", *fields) + name


def ending(number: int, size: int, at: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, size, at, 0)


def read_members(data: Any, report: Report) -> dict[str, Any]:
    """Every byte of the file is either of a member or what the zip of these members must have at this place."""
    view, at = memoryview(data), 0
    members: dict[str, Any] = {}
    central = b""
    while bytes(view[at : at + 4]) == b"PK\3\4" and at + 30 <= len(view):
        (size,) = struct.unpack_from("<L", view, at + 18)
        (length,) = struct.unpack_from("<H", view, at + 26)
        start = at + 30 + length
        name, content = bytes(view[at + 30 : start]), view[start : start + size]
        crc = zlib.crc32(content)
        if len(content) != size or bytes(view[at:start]) != local_header(name, size, crc):
            report.fault("file-damaged", at=at, where=name.decode("ascii", "replace"))
            return {}
        central += central_header(name, size, crc, at)
        members[name.decode("ascii", "replace")] = content
        at = start + size
    is_whole = bytes(view[at:]) == central + ending(len(members), len(central), at)
    if not members or not is_whole or list(members) != sorted(members):
        report.fault("file-damaged", at=at, where="zip")
        return {}
    report.count("file", len(view))
    return members


def no_float(text: str) -> Any:
    raise ValueError("a number that is not whole: " + text)


ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
DECODER = json.JSONDecoder(parse_float=no_float, parse_constant=no_float)


def canonical(value: Any) -> bytes:
    return ENCODER.encode(value).encode()


def digest(value: Any) -> str:
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def parsed(line: bytes) -> Any:
    value = DECODER.decode(line.decode())
    if canonical(value) != line:
        raise ValueError("not canonical")
    return value


def line_of(content: Any) -> bytes:
    line = bytes(content)
    if line[-1:] != b"\n":
        raise ValueError("no end of line")
    return line[:-1]


def read_manifest(members: dict[str, Any], report: Report) -> dict[str, Any] | None:
    try:
        found = parsed(line_of(members["manifest.json"]))
        if (found["format"], found["version"]) != (FORMAT, VERSION):
            raise ValueError("format {} {}".format(found["format"], found["version"]))
        stated = {name: (one["sha256"], one["bytes"], one["lines"]) for name, one in found["members"].items()}
        report.names = {"contest": found["contest"], "list": found["list"], **found["log"]}
        (found["log"]["head"], found["log"]["events"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        report.fault("manifest-wrong", why=repr(fault))
        return None
    needed = {name + ".jsonl" for name in SHAPES if name not in MEMBERS_IF_ANY}
    for name in sorted(needed - set(members)):
        report.fault("member-missing", name=name)
    for name in sorted(set(members) - {name + ".jsonl" for name in SHAPES} - {"manifest.json"}):
        report.fault("member-unknown", name=name)
    for name in sorted(set(stated) ^ (set(members) - {"manifest.json"})):
        report.fault("manifest-wrong", why=name)
    for name in sorted(set(stated) & set(members)):
        content = members[name]
        hashed = "sha256:" + hashlib.sha256(content).hexdigest()
        if (hashed, len(content), bytes(content).count(b"\n")) != stated[name]:
            report.fault("member-differs", name=name)
    report.count("members", len(members))
    return found if needed <= set(members) else None


def read_lines(members: dict[str, Any], report: Report) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, shape in SHAPES.items():
        rows[name] = []
        lines = bytes(members.get(name + ".jsonl", b"")).split(b"\n")
        if name in MEMBERS_IF_ANY and lines == [b""] and name + ".jsonl" in members:
            report.fault("line-malformed", name=name, line=0, why="a member without lines")
        if lines.pop():
            report.fault("line-malformed", name=name, line=len(lines) + 1, why="no end of line")
        for number, line in enumerate(lines, 1):
            try:
                value = parsed(line)
            except (ValueError, TypeError, RecursionError) as fault:
                report.fault("line-malformed", name=name, line=number, why=str(fault)[:80])
                continue
            if why := misshapen(value, shape):
                report.fault("line-malformed", name=name, line=number, why=why)
            else:
                rows[name].append(value)
        report.count("lines", len(lines))
        seen = Counter(tuple(row[field] for field in ONCE[name]) for row in rows[name]) if name in ONCE else {}
        for what in [one for one, times in seen.items() if times > 1]:
            report.fault("line-twice", name=name, what=" ".join(map(str, what)))
    for name, least in (("contest", 1), ("lists", 1), ("runs", 0)):
        if not least <= len(rows[name]) <= 1:
            report.fault("line-malformed", name=name, line=len(rows[name]), why="one line is due")
    return rows


def misshapen(value: Any, shape: dict[str, Any]) -> str:
    if not isinstance(value, dict) or not set(shape).difference(IF_ANY) <= set(value) <= set(shape):
        return "fields"
    for field, found in value.items():
        kinds = shape[field]
        if field in IF_ANY and not found:
            return field
        if not isinstance(found, kinds) or (isinstance(found, bool) and kinds is not bool):
            return field
        if (kinds is int and found < 0) or (field == "places" and shape is not SHAPES["terms"] and found > MOST_PLACES):
            return field
    return ""


# ── The log ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_chain(events: Sequence[dict[str, Any]], log: dict[str, Any], given: str, report: Report) -> None:
    before, seq = ZEROS, 0
    for event in events:
        if event["seq"] != seq + 1:
            report.fault("chain-seq", seq=seq, found=event["seq"])
            return
        seq += 1
        said = {name: value for name, value in event.items() if name != "hash"}
        before = hashlib.sha256(before.encode() + canonical(said)).hexdigest()
        if event["hash"] != before:
            report.fault("chain-broken", seq=seq)
            return
    if (log["events"], log["head"]) != (seq, before if seq else ""):
        report.fault("chain-head", head=log["head"], events=log["events"])
    if given and given != before:
        report.fault("head-differs", head=before, given=given)
    elif not given:
        report.note("head-not-given", head=before)
    report.count("chain", len(events))


def is_move(event: dict[str, Any], kind: str) -> bool:
    return event["action"].startswith(kind + ".") and isinstance(event["body"].get("to"), str)


def check_phases(bundle: Bundle, report: Report) -> None:
    """The contest and the list went only ways that are allowed, and nothing that decides changed after the lock."""
    contest, award_list = bundle.contest, bundle.award_list
    subject = "awards.awardlist:" + award_list["key"]
    state, of_list, locked_at = "setup", "", 0
    for event in bundle.events:
        if is_move(event, "contest"):
            state = moved("contest", state, event, CONTEST_MOVES, report)
        elif event["subject"] == subject and event["action"] == "list.proposed":
            of_list = "draft"
        elif event["subject"] == subject and is_move(event, "awardlist"):
            of_list = moved("list", of_list, event, LIST_MOVES, report)
            locked_at = event["seq"] if of_list == "locked" else locked_at
    if state != contest["state"]:
        report.fault("state-differs", what="contest", which=" ", state=contest["state"], found=state)
    if of_list != award_list["state"]:
        report.fault("state-differs", what="list", which=" ", state=award_list["state"], found=of_list)
    if of_list not in FIXED:
        report.fault("list-not-fixed")
    for event in bundle.events[locked_at:] if locked_at else ():
        if event["action"].startswith(DECIDES) or event["action"] in ENTRY_MOVES:
            report.fault("changed-after-lock", seq=event["seq"], action=event["action"])
        elif event["action"] in AT_ONCE:
            report.note("loaded-after-lock", seq=event["seq"], action=event["action"])


def check_persons(bundle: Bundle, report: Report) -> None:
    """Where the contest takes two persons, one proposed and another did whatever is final; by their codes alone."""
    is_on, alone, state = False, 0, "setup"
    proposed: dict[str, tuple[str, str]] = {}  # agreement -> who, what
    agreed: dict[str, tuple[str, str]] = {}  # agreement -> who did it, at which moment
    closed: set[str] = set()  # agreements that wait no more
    used: set[tuple[str, ...]] = set()  # what was done under which agreement
    for event in bundle.events:
        action, body, seq = event["action"], event["body"], event["seq"]
        key = event["subject"].rpartition(":")[2]
        if action == "agreement.open":
            proposed[key] = (event["actor"], str(body.get("kind")))
        elif action == "agreement.agreed":
            agreed[key] = (event["actor"], event["at"])
            if event["actor"] in ("", proposed.get(key, ("", ""))[0]):
                report.fault("one-did-both", seq=seq, action=action)
            if key in closed or body.get("proposer") != proposed.get(key, (None, ""))[0]:
                report.fault("not-proposed", seq=seq, action=action)
        if action.startswith("agreement.") and action != "agreement.open":
            closed.add(key)
        if is_on and state in FIXED and action.startswith(("decisions.saved", "special.")):
            report.fault("changed-after-lock", seq=seq, action=action)
        steps = steps_of(event, state)
        if steps and is_on:
            check_two(event, steps, proposed, agreed, report)
            done = (str(body.get("agreement")), action, event["subject"] if action == "entry.corrected" else "")
            if done in used:
                report.fault("used-twice", seq=seq, action=action)
            used.add(done)
        elif steps:
            alone += not action.startswith(("contest.", "two-persons."))
        state = body["to"] if is_move(event, "contest") else state
        is_on = action == "two-persons.on" or (is_on and action != "two-persons.off")
    if is_on != bundle.contest.get("two_persons", False):
        said = bundle.contest.get("two_persons", False)
        report.fault("state-differs", what="two-persons", which=" ", state=said, found=is_on)
    if alone:
        report.note("one-person", number=alone)
    if report.checked.get("persons"):
        report.note("who-is-who")


def steps_of(event: dict[str, Any], state: str) -> tuple[str, ...]:
    """What may have been proposed where this happens; () for what one person does alone."""
    was_fixed = event["body"].get("from") in FIXED
    if was_fixed and event["action"] in ("awardlist.superseded", "contest.decision"):
        return TAKEN_BACK
    if event["action"] == "entry.corrected":
        return ("correct",) if state in FIXED else ()
    return TAKES_TWO.get(event["action"], ())


def check_two(event: dict[str, Any], steps: tuple[str, ...], proposed: dict[str, tuple[str, str]],
              agreed: dict[str, tuple[str, str]], report: Report) -> None:  # fmt: skip
    """The event, the proposal that it names and the approval of that one say the same."""
    body, seq, action = event["body"], event["seq"], event["action"]
    key, proposer = body.get("agreement"), body.get("proposer")
    if not proposer or proposer == event["actor"]:
        report.fault("one-did-both" if proposer else "not-proposed", seq=seq, action=action)
    elif (
        proposed.get(key, ("", ""))[0] != proposer
        or proposed[key][1] not in steps
        or agreed.get(key) != (event["actor"], event["at"])
    ):
        report.fault("not-proposed", seq=seq, action=action)
    report.count("persons", 1)


def moved(what: str, was: str, event: dict[str, Any], moves: dict[str, Any], report: Report) -> str:
    to = str(event["body"]["to"])
    if event["body"].get("from") != was or to not in moves.get(was, ()) or event["action"].split(".")[1] != to:
        report.fault("move-not-allowed", seq=event["seq"], what=what, was=was, to=to)
    report.count("phases", 1)
    return to


def check_links(bundle: Bundle, report: Report) -> None:
    """What the log says of the data: digests of standings, plan, decisions and list; states of sheets and entries."""
    found = bundle.award_list
    if bundle.run:
        subject = "judging.standingrun:" + bundle.run["key"]
        said = {"input": bundle.run["input_digest"], "result": bundle.run["result_digest"]}
        link(bundle, report, "standings", "standings.computed", subject, said)
        if found["run"] != bundle.run["key"]:
            report.fault("unknown", name="lists", what=found["run"])
    if found["plan"] is not None:
        link(bundle, report, "plan", "plan.saved", "", {"version": found["plan"], "content": digest(bundle["plan"])})
    elif bundle["plan"]:
        report.fault("unknown", name="lists", what="plan")
    if bundle["decisions"] or any(event["action"] == "decisions.saved" for event in bundle.events):
        link(bundle, report, "decisions", "decisions.saved", "", {"content": digest(bundle["decisions"])})
    if bundle["moves"] or any(event["action"].startswith("move.") for event in bundle.events):
        link(bundle, report, "moves", "move.", "", {"content": digest(bundle["moves"])})
    if bundle["specials"] or any(event["action"].startswith("special.") for event in bundle.events):
        link(bundle, report, "specials", "special.", "", {"content": digest(bundle["specials"])})
    check_minutes(bundle, report)
    prizes = sorted([one["entry"], one["code"], one["place"] or 0, one["by"]] for one in bundle["awards"])
    said = {"version": found["version"], "awards": len(prizes), "digest": found["digest"], "prizes": digest(prizes)}
    given = sorted([one["entry"], one["prize"]] for one in bundle["special_awards"])
    said["specials"] = digest(given) if given else None
    said["titles"] = digest(bundle["titles"]) if bundle["titles"] else None
    link(bundle, report, "list", "list.proposed", "awards.awardlist:" + found["key"], said)
    for kind, rows, name in (
        ("sheet", bundle["sheets"], "judging.sheet"),
        ("attempt", bundle["attempts"], "judging.attempt"),
    ):
        last = last_states(bundle.events, kind, name, ())
        for row in rows:
            state = last.get(row["key"], row["state"])
            which = f" {row['entry']} {row.get('judge', row.get('number'))} "
            link_state(report, kind, which, row["state"], state)
    last = last_states(bundle.events, "entry", "competition.entry", ("entries.imported", "eligibility.checked"))
    for row in bundle["entries"]:
        link_state(report, "entry", f" {row['number']} ", "passed", last.get(row["key"], "passed"))


def check_minutes(bundle: Bundle, report: Report) -> None:
    """The scanned minutes of a track are those that the log named last, and only a track without marks has any."""
    named = {str(one["body"].get("track")): one for one in bundle.events if one["action"] == "minutes.saved"}
    for track in bundle.tracks.values():
        last, found = named.get(track["code"]), track.get("scan", "")
        if found and not track["by_minutes"]:
            report.fault("minutes-of-marks", track=track["code"])
        if last is None and found:
            report.fault("link-missing", what="minutes")
        elif last is not None and last["body"].get("sha256") != found:
            report.fault("link-differs", what="minutes", field="sha256", seq=last["seq"])
        elif found:
            report.count("links", 1)
            report.note("minutes-scan", track=track["code"], sha256=found)
        if last is not None:
            check_prizes_said(bundle, track["code"], last, report)


def check_prizes_said(bundle: Bundle, track: str, last: dict[str, Any], report: Report) -> None:
    """As many prizes as the minutes said, but for entries that count no more; a workbook may have said others since."""
    later = (one for one in bundle.events[last["seq"] :] if one["action"] == "decisions.saved")
    if any("entries" not in one["body"] for one in later):
        return
    given = sum(1 for one in bundle["awards"] if one["entry"] in bundle.of_track[track])
    gone = sum(1 for one in bundle["decisions"] if one["code"] and one["entry"] not in bundle.entries)
    said = last["body"].get("prizes")
    if not isinstance(said, int) or not given <= said <= given + gone:
        report.fault("minutes-count", track=track, seq=last["seq"], said=said, given=given)


def link(bundle: Bundle, report: Report, what: str, action: str, subject: str, said: dict[str, Any]) -> None:
    """The last event of this kind (and of this thing, where it has a name) says these values. action   or how several
    of them begin"""
    mine = [
        one
        for one in bundle.events
        if (one["action"] == action or (action[-1] == "." and one["action"].startswith(action)))
        and subject in ("", one["subject"])
    ]
    if not mine:
        report.fault("link-missing", what=what)
        return
    for name, value in said.items():
        if name not in mine[-1]["body"] and name in ("content", "prizes") and not action.endswith("."):
            report.note("log-older", what=what)
        elif mine[-1]["body"].get(name) != value:
            report.fault("link-differs", what=what, field=name, seq=mine[-1]["seq"])
        else:
            report.count("links", 1)


def last_states(events: Iterable[dict[str, Any]], kind: str, name: str, afresh: tuple[str, ...]) -> dict[str, str]:
    """key -> the state that the log says last; forgotten at what sets states of many at once."""
    states: dict[str, str] = {}
    for event in events:
        if event["action"] in afresh:
            states.clear()
        elif event["action"].startswith(kind + ".") and event["subject"].startswith(name + ":"):
            to = event["body"].get("to", event["action"].split(".", 1)[1])
            if kind != "entry" or "to" in event["body"]:
                states[event["subject"].split(":", 1)[1]] = to
    return states


def link_state(report: Report, what: str, which: str, state: str, found: str) -> None:
    if state != found:
        report.fault("state-differs", what=what, which=which, state=state, found=found)
    report.count("links", 1)


# ── From marks to standings ───────────────────────────────────────────────────────────────────────────────────────────


class Bundle:
    """The rows by name, and what is asked of them again and again."""

    def __init__(self, rows: dict[str, list[dict[str, Any]]]):
        self.rows = rows
        self.contest, self.award_list, self.events = rows["contest"][0], rows["lists"][0], rows["events"]
        self.run = rows["runs"][0] if rows["runs"] else None
        self.entries = {one["number"]: one for one in rows["entries"]}
        self.tracks = {one["code"]: one for one in rows["tracks"]}
        self.rubrics = {(one["round"], one["track"]): one for one in rows["rubrics"]}
        self.of_track: dict[str, list[str]] = defaultdict(list)
        for one in rows["entries"]:
            self.of_track[one["track"]].append(one["number"])
        self.absent = {(one["round"], one["entry"]): one["is_absent"] for one in rows["places"]}
        self.sheets: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for one in rows["sheets"]:
            if one["state"] == "submitted":
                self.sheets[one["round"], one["entry"]].append(one)
        self.attempts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for one in rows["attempts"]:
            if one["state"] == "confirmed":
                self.attempts[one["round"], one["entry"]].append(one)

    def __getitem__(self, name: str) -> list[dict[str, Any]]:
        return self.rows[name]


class Result(NamedTuple):
    """Of one entry in one round; of measured ones `sheets` are attempts."""

    score: Fraction | None = None
    sheets: int = 0
    missing: int = 0
    is_trimmed: bool = False
    milliseconds: int | None = None


class Place(NamedTuple):
    stage: int
    score: int | None
    milliseconds: int | None
    rank: int | None
    sheets: int
    missing: int
    is_trimmed: bool


@cache
def exact(text: str) -> Fraction:
    if not isinstance(text, str) or not NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {text!r}")
    above, _, below = text.partition("/")
    return Fraction(Decimal(above)) / int(below or 1)


def half_up(value: Fraction) -> int:
    whole = floor(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def check_references(bundle: Bundle, report: Report) -> None:
    rounds = {one["code"] for one in bundle["rounds"]}
    for name in ("places", "sheets", "conflicts", "attempts", "standings", "decisions", "votes", "awards",
                 "special_awards"):  # fmt: skip
        for row in bundle[name]:
            if row["entry"] not in bundle.entries and name != "decisions":
                report.fault("unknown", name=name, what=row["entry"])
            if row.get("round", "") not in rounds and "round" in row:
                report.fault("unknown", name=name, what=row["round"])
    for name in ("entries", "rubrics", "plan", "terms"):
        for row in bundle[name]:
            if row["track"] not in bundle.tracks:
                report.fault("unknown", name=name, what=row["track"])


def check_conflicts(bundle: Bundle, report: Report) -> None:
    kinds = {(one["judge"], one["entry"]): one["kind"] for one in bundle["conflicts"]}
    for sheet in bundle["sheets"]:
        if sheet["state"] == "recused" and (sheet["judge"], sheet["entry"]) not in kinds:
            report.fault("recusal-lost", judge=sheet["judge"], entry=sheet["entry"])
        if sheet["state"] == "submitted":
            report.count("conflicts", 1)
            if kind := kinds.get((sheet["judge"], sheet["entry"])):
                report.fault("conflicted-sheet", judge=sheet["judge"], entry=sheet["entry"], kind=kind)


def check_marks(bundle: Bundle, report: Report) -> None:
    for sheet in bundle["sheets"]:
        rubric = bundle.rubrics.get((sheet["round"], bundle.entries[sheet["entry"]]["track"]))
        most = {name: maximum for name, maximum, _ in rubric["criteria"]} if rubric else {}
        names = [name for name, _ in sheet["marks"]]
        for name, points in sheet["marks"]:
            if type(points) is not int or not 0 <= points <= most.get(name, -1) or names.count(name) > 1:
                report.fault("mark-wrong", judge=sheet["judge"], entry=sheet["entry"], what=f"{name} {points}")
        report.count("marks", len(names))
    for one in bundle["attempts"]:
        rubric = bundle.rubrics.get((one["round"], bundle.entries[one["entry"]]["track"]))
        if rubric is None or not fits(one, rubric):
            report.fault("attempt-wrong", entry=one["entry"], number=one["number"])
        report.count("attempts", one["state"] == "confirmed")


def fits(one: dict[str, Any], rubric: dict[str, Any]) -> bool:
    """A valid attempt has exactly what is measured; one without a result has nothing."""
    has = (one["points"] is not None, one["milliseconds"] is not None)
    is_valid = one["outcome"] == "valid"
    due = (is_valid and rubric["measure"] != "time", is_valid and rubric["measure"] != "points")
    return has == due and 1 <= one["number"] <= rubric["attempts"]


def result_in(bundle: Bundle, rubric: dict[str, Any], number: str) -> Result:
    """Of an entry that belongs to the round. Who was absent has no score, and nothing is missing of them."""
    if bundle.absent[rubric["round"], number]:
        return Result()
    if rubric["kind"] == "measured":
        return measured(bundle.attempts[rubric["round"], number], rubric)
    totals = totals_of(complete_sheets(bundle, rubric, number), rubric)
    count = len(totals)
    is_trimmed = rubric["method"] == "trimmed" and count >= 4
    score = middle(totals, rubric["method"]) / 10 ** rubric["places"] if totals else None
    return Result(score, count, max(rubric["reviews"] - count, 0), is_trimmed)


def complete_sheets(bundle: Bundle, rubric: dict[str, Any], number: str) -> list[dict[str, int]]:
    """Points by criterion. A blank is no zero: a sheet with one does not count."""
    names = {name for name, _, _ in rubric["criteria"]}
    sheets = [dict(sheet["marks"]) for sheet in bundle.sheets[rubric["round"], number]]
    return [points for points in sheets if names <= set(points)]


def totals_of(sheets: list[dict[str, int]], rubric: dict[str, Any]) -> list[Fraction]:
    weights = {name: exact(weight) for name, _, weight in rubric["criteria"]}
    return sorted(sum((points[name] * weights[name] for name in weights), Fraction()) for points in sheets)


def middle(totals: list[Fraction], method: str) -> Fraction:
    """totals   sorted, at least one"""
    count = len(totals)
    if method == "median":
        return totals[count // 2] if count % 2 else (totals[count // 2 - 1] + totals[count // 2]) / 2
    if method == "trimmed" and count >= 4:
        totals = totals[1:-1]
    elif method not in ("mean", "trimmed"):
        raise Malformed("method " + method)
    return sum(totals, Fraction()) / len(totals)


def measured(attempts: list[dict[str, Any]], rubric: dict[str, Any]) -> Result:
    valid = [(one["points"] or 0, one["milliseconds"] or 0) for one in attempts if one["outcome"] == "valid"]
    missing = rubric["attempts"] - len(attempts)
    wants_all = rubric["measure"] == "time" and rubric["combine"] == "sum"
    if not valid or (wants_all and len(valid) < rubric["attempts"]):
        return Result(None, len(attempts), missing)
    if rubric["combine"] == "sum":
        points, time = sum(one for one, _ in valid), sum(one for _, one in valid)
    elif rubric["combine"] == "best":
        points, time = sorted(valid, key=lambda one: (-one[0], one[1]))[0]
    else:
        raise Malformed("combine " + rubric["combine"])
    score = Fraction(points, 10 ** rubric["places"])
    return Result(score, len(attempts), missing, False, None if rubric["measure"] == "points" else time)


def standings_of(bundle: Bundle, track: str) -> dict[str, Place]:
    """Of all entries of a track, over the rounds in which it is judged and to which they belong."""
    rounds = [one for one in bundle["rounds"] if (one["code"], track) in bundle.rubrics]
    rubrics = [bundle.rubrics[one["code"], track] for one in rounds]
    kinds = {rubric["kind"] for rubric in rubrics}
    if kinds - {"marks", "measured"} or len(kinds) > 1:
        raise Malformed("kind of rubric " + " ".join(sorted(kinds)))
    found: dict[str, tuple[list[Result], int | None, int | None]] = {}
    for number in bundle.of_track[track]:
        mine = [
            (result_in(bundle, rubric, number), exact(one["weight"]))
            for one, rubric in zip(rounds, rubrics)
            if (one["code"], number) in bundle.absent
        ]
        results = [result for result, _ in mine]
        if kinds == {"measured"}:
            last = results[-1] if results else Result()
            found[number] = (results, units(last.score, bundle.contest["places"]), last.milliseconds)
        else:
            found[number] = (results, units(weighted(mine), bundle.contest["places"]), None)
    keys = {number: sort_key(len(results), score, time) for number, (results, score, time) in found.items()}
    ranks = ranks_of(keys)
    return {
        number: Place(len(results), score, time, ranks[number], sum(one.sheets for one in results),
                      sum(one.missing for one in results), any(one.is_trimmed for one in results))
        for number, (results, score, time) in found.items()
    }  # fmt: skip


def weighted(mine: list[tuple[Result, Fraction]]) -> Fraction | None:
    if not mine or any(result.score is None for result, _ in mine):
        return None
    total = sum((result.score * weight for result, weight in mine if result.score is not None), Fraction())
    return total / sum((weight for _, weight in mine), Fraction())


def units(score: Fraction | None, places: int) -> int | None:
    return None if score is None else half_up(score * 10**places)


Key = Optional[tuple[int, int, int]]


def sort_key(stage: int, score: int | None, time: int | None) -> Key:
    """The greater the better: more rounds, more points, less time."""
    return None if score is None else (stage, score, -(time or 0))


def ranks_of(keys: dict[str, Key]) -> dict[str, int | None]:
    """One more than the number of better ones."""
    rank: dict[Any, int] = {}
    for at, key in enumerate(sorted((key for key in keys.values() if key is not None), reverse=True), 1):
        rank.setdefault(key, at)
    return {number: None if key is None else rank[key] for number, key in keys.items()}


def check_standings(bundle: Bundle, report: Report) -> None:
    due: dict[str, Place] = {}
    for track in bundle.tracks.values():
        if not track["by_minutes"]:
            due.update(standings_of(bundle, track["code"]))
    if bundle.run is None:
        for number in sorted(due):
            report.fault("standing-missing", entry=number)
        return
    stored = {row["entry"]: Place(*(row[field] for field in Place._fields)) for row in bundle["standings"]}
    for number in sorted(set(due) - set(stored)):
        report.fault("standing-missing", entry=number)
    for number in sorted(set(stored) - set(due)):
        report.fault("standing-undue", entry=number)
    for number in sorted(set(stored) & set(due)):
        for field in Place._fields:
            was, now = getattr(stored[number], field), getattr(due[number], field)
            if was != now:
                shown = [in_points(one, bundle) if field == "score" else one for one in (was, now)]
                report.fault("standing-differs", entry=number, field=field, stored=shown[0], due=shown[1])
    report.count("scores", len(due))
    check_run(bundle, due, report)


def in_points(score: int | None, bundle: Bundle) -> str:
    return "–" if score is None else str(Decimal(score).scaleb(-bundle.contest["places"]))


def check_run(bundle: Bundle, due: dict[str, Place], report: Report) -> None:
    """The digests and parameters that the computation left behind."""
    run = bundle.run or {}
    if run["rule_version"] != RULES:
        raise Malformed("rules of version " + run["rule_version"])
    marks = sorted(
        [sheet["round"], sheet["entry"], sheet["judge"], name, points]
        for sheets in bundle.sheets.values()
        for sheet in sheets
        for name, points in sheet["marks"]
    )
    attempts = sorted(
        [one["round"], one["entry"], one["number"], int(one["outcome"] == "valid"), one["points"], one["milliseconds"]]
        for rows in bundle.attempts.values()
        for one in rows
    )
    lines = [
        [number, one.stage, one.score, one.rank, one.missing, *([] if one.milliseconds is None else [one.milliseconds])]
        for number, one in due.items()
    ]
    for what, stored, now in (
        ("input", run["input_digest"], digest([marks, attempts] if attempts else marks)),
        ("result", run["result_digest"], digest(lines)),
    ):
        if stored != now:
            report.fault("digest-differs", what=what, stored=stored, due=now)
        report.count("links", 1)
    used = run["parameters"]
    if used.get("places") != bundle.contest["places"]:
        report.fault("parameters-differ", what="places")
    for (one, track), rubric in bundle.rubrics.items():
        stated = used.get("tracks", {}).get(track, {}).get(one)
        if not bundle.tracks[track]["by_minutes"] and stated != parameters(bundle, rubric, stated):
            report.fault("parameters-differ", what=f"{track} {one}")


def parameters(bundle: Bundle, rubric: dict[str, Any], stated: Any) -> dict[str, Any]:
    absent = sorted(n for n in bundle.of_track[rubric["track"]] if bundle.absent.get((rubric["round"], n)))
    more = {"absent": absent} if absent else {}
    if rubric["kind"] == "measured":
        return {**{name: rubric[name] for name in ("kind", "measure", "attempts", "combine", "places")}, **more}
    weight = next(one["weight"] for one in bundle["rounds"] if one["code"] == rubric["round"])
    if isinstance(stated, dict) and Fraction(Decimal(str(stated.get("weight", 0)))) == exact(weight):
        weight = stated["weight"]  # the same number may be written in two ways
    weights = [str(exact(one)) for _, _, one in rubric["criteria"]]
    named = {name: rubric[name] for name in ("method", "reviews", "places")}
    return {"weight": weight, "weights": weights, **named, **more}


# ── Finalists ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def check_finalists(bundle: Bundle, report: Report) -> None:
    rounds = bundle["rounds"]
    for before, one in zip(rounds, rounds[1:]):
        if not one["is_for_finalists"]:
            continue
        there = {number for code, number in bundle.absent if code == one["code"]}
        if not one["cuts"]:
            if there:
                report.note("finalists-given", round=one["code"])
            continue
        due = finalists_due(bundle, before, one)
        other = sorted(due ^ there)
        if other and was_changed_after_choice(bundle, rounds.index(one) + 1, before["code"]):
            report.note("finalists-moved", round=one["code"], entries=", ".join(other))
            continue
        for number in other:
            what = "is-due" if number in due else "is-undue"
            report.fault("finalist-differs", round=one["code"], entry=number, what=what)
        report.count("finalists", len(due))


def finalists_due(bundle: Bundle, before: dict[str, Any], one: dict[str, Any]) -> set:
    """From the published scores of the round before alone, group by group."""
    cuts = {track: (kind, exact(value), with_tied) for track, kind, value, with_tied in one["cuts"]}
    groups: dict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for number, entry in bundle.entries.items():
        rubric = bundle.rubrics.get((before["code"], entry["track"]))
        if rubric and entry["track"] in cuts and (before["code"], number) in bundle.absent:
            result = result_in(bundle, rubric, number)
            division = entry["division"] if one["by_division"] else ""
            score = units(result.score, bundle.contest["places"])
            groups[entry["track"], division][number] = sort_key(0, score, result.milliseconds)
    found = set()
    for (track, _), keys in groups.items():
        found |= going_on(keys, *cuts[track])
    return found


def going_on(keys: dict[str, Key], kind: str, value: Fraction, with_tied: bool) -> set:
    scored = {number: key for number, key in keys.items() if key is not None}
    if kind == "score":
        return {number for number, key in scored.items() if key[1] >= value}
    if kind not in ("count", "share"):
        raise Malformed("cut " + kind)
    wanted = ceil(value if kind == "count" else len(keys) * value / 100)
    if wanted <= 0:
        return set()
    ranks = {number: rank or 0 for number, rank in ranks_of(keys).items() if rank is not None}
    inside = {number for number, rank in ranks.items() if rank <= wanted}
    if len(inside) <= wanted or with_tied:
        return inside
    last = max(ranks[number] for number in inside)
    return {number for number in inside if ranks[number] < last}


def was_changed_after_choice(bundle: Bundle, order: int, before: str) -> bool:
    """Whether an entry came or went, or a sheet of the round before was opened, since they were chosen."""
    chosen = [
        one["seq"] for one in bundle.events if one["action"] == "finalists.chosen" and one["body"].get("round") == order
    ]
    mine = {"judging.sheet:" + one["key"] for one in bundle["sheets"] if one["round"] == before}
    mine |= {"judging.attempt:" + one["key"] for one in bundle["attempts"] if one["round"] == before}
    later = bundle.events[chosen[-1] :] if chosen else ()
    return not chosen or any(
        one["action"] in (*ENTRY_MOVES, "entry.joined", "entries.imported", "sheets.recorded")
        or one["action"].startswith("roundentry.")
        or one["subject"] in mine
        for one in later
    )


# ── Prizes ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Due(NamedTuple):
    code: str
    place: int | None
    by: str

    def __str__(self) -> str:
        return f"{self.code} ({self.by})" if self.place is None else f"{self.code} ({self.by}, {self.place})"


class Level(NamedTuple):
    code: str
    kind: str
    value: Fraction
    minimum: int | None


# What a tie-breaker says: points, of a measured round also the time below zero; None: nothing
Value = Optional[tuple[Fraction, ...]]


class Tie(NamedTuple):
    """Entries that share what is left of some levels: people decide."""

    numbers: list[str]
    seats: dict[int, int]


def places_of(levels: list[Level], group: dict[str, Any], entries: int) -> tuple[list[int], int | None]:
    """(prizes of each level, the most in all)"""
    cap = group["cap_count"]
    if group["cap_percent"] is not None:
        cap = floor(exact(group["cap_percent"]) * entries / 100)
    parts = sum((one.value for one in levels if one.kind == "ratio"), Fraction())
    shares = [share(one, cap, entries, parts) for one in levels]
    given = rounded(shares, group["rounding"])
    if cap is None:
        return given, None
    left = cap
    for at, number in enumerate(given):
        given[at] = min(number, left)
        left -= given[at]
    for at, one in enumerate(levels):
        if one.kind == "rest":
            given[at], left = given[at] + left, 0
    return given, cap


def share(level: Level, cap: int | None, entries: int, parts: Fraction) -> Fraction:
    """What a level wants, exactly. parts   of all ratios together"""
    if level.kind == "count":
        return level.value
    if level.kind == "percent_entries":
        return level.value * entries / 100
    if cap is None:
        raise Malformed(f"{level.kind} without a cap")
    if level.kind == "percent_prizes":
        return level.value * cap / 100
    if level.kind == "ratio":
        return level.value * cap / parts if parts else Fraction()
    return Fraction() if level.kind == "rest" else unknown("kind of prize " + level.kind)


def unknown(what: str) -> Any:
    raise Malformed(what)


def rounded(shares: list[Fraction], how: str) -> list[int]:
    if how == "largest_remainder":
        given = [floor(share) for share in shares]
        order = sorted(range(len(shares)), key=lambda at: given[at] - shares[at])  # stable: the better prize first
        for at in order[: half_up(sum(shares, Fraction())) - sum(given)]:
            given[at] += 1
        return given
    rules: dict[str, Callable[[Fraction], int]] = {"half_up": half_up, "down": floor, "up": ceil}
    return [rules[how](share) for share in shares] if how in rules else unknown("rounding " + how)


def cut(
    keys: dict[str, Key],
    levels: list[Level],
    free: list[int],
    ties: str,
    has_cap: bool,
    ask: Callable[[str], list[Value]] | None = None,
) -> tuple[dict[str, int], list[Tie], dict[str, list[Value]]]:
    """From the best down; who is equal stays together, unless tie-breakers part them where they do not fit.

    ask       what the tie-breakers say of an entry, in their order; None where the plan has none
    returns   (level by entry, ties for people, what the tie-breakers said by entry)
    """
    if ties not in ("extend", "shrink", "hold"):
        unknown("ties " + ties)
    groups: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for number, key in keys.items():
        if key is not None:
            groups[key].append(number)
    prizes = Prizes(levels, list(free), ties, has_cap)
    told: dict[str, list[Value]] = {}
    for key in sorted(groups, reverse=True):
        numbers, score = groups[key], key[1]
        parts = [numbers]
        if ask and 0 < prizes.free_for(score) < len(numbers):
            said = {number: ask(number) for number in numbers}
            told.update(said)
            parts = apart(numbers, said)
        for part in parts:
            prizes.give(part, score)
    return prizes.won, prizes.held, told


class Prizes:
    """What is left of each level, and who has what so far."""

    def __init__(self, levels: list[Level], free: list[int], ties: str, has_cap: bool):
        self.levels, self.free, self.ties, self.has_cap = levels, free, ties, has_cap
        self.won: dict[str, int] = {}
        self.held: list[Tie] = []
        self.at = 0

    def free_for(self, score: int) -> int:
        """Places in the first level that has any and that this score reaches; the others' lapse. 0: all are gone."""
        while self.at < len(self.free):
            if self.free[self.at] > 0 and score >= (self.levels[self.at].minimum or 0):
                return self.free[self.at]
            self.at += 1
        return 0

    def give(self, numbers: list[str], score: int) -> None:
        """To entries that nothing tells apart: all of them one level, or the tie is held."""
        left = len(numbers)
        while self.ties == "shrink" and 0 < self.free_for(score) < left:
            self.at += 1  # the places that they do not fit into lapse
        if not self.free_for(score):
            return
        fits_in = left <= self.free[self.at]
        if not fits_in and (self.ties == "hold" or (self.has_cap and left > sum(self.free[self.at :]))):
            self.hold(numbers, score)
            return
        self.won.update(dict.fromkeys(numbers, self.at))
        for level in range(self.at, len(self.free)):
            taken = min(left, self.free[level])
            self.free[level] -= taken
            left -= taken

    def hold(self, numbers: list[str], score: int) -> None:
        seats: dict[int, int] = {}
        left = len(numbers)
        while left and self.free_for(score):
            seats[self.at] = min(left, self.free[self.at])
            self.free[self.at] -= seats[self.at]
            left -= seats[self.at]
        self.held.append(Tie(numbers, seats))


def apart(numbers: list[str], said: dict[str, list[Value]]) -> list[list[str]]:
    """Equals, best first, each tie-breaker parting what the one before left together.

    One that says nothing of an entry leaves all that are with it as they are: a blank is no zero.
    """
    parts = [numbers]
    for step in range(len(said[numbers[0]])):
        finer: list[list[str]] = []
        for part in parts:
            values = [said[number][step] for number in part]
            known = sorted({value for value in values if value is not None}, reverse=True)
            if None in values:
                finer.append(part)
            else:
                finer += [[one for one, value in zip(part, values) if value == which] for which in known]
        parts = finer
    return parts


def told_by(bundle: Bundle, track: str, breaker: list[str], number: str) -> Value:
    """What a tie-breaker says of an entry, exact and unrounded; None where it says nothing."""
    by, of = breaker
    rounds = [one for one in bundle["rounds"] if (one["code"], track) in bundle.rubrics]
    if by == "round":
        rubric = bundle.rubrics.get((of, track)) or unknown("round " + of)
        result = result_in(bundle, rubric, number) if (of, number) in bundle.absent else Result()
        if result.score is None:
            return None
        return (result.score,) if result.milliseconds is None else (result.score, Fraction(-result.milliseconds))
    mine, is_known = [], False
    for one in rounds:
        rubric = bundle.rubrics[one["code"], track]
        if rubric["kind"] == "marks" and (by != "criterion" or of in {name for name, _, _ in rubric["criteria"]}):
            is_known = True
            if (one["code"], number) in bundle.absent:  # who was absent from it has no score, and is never asked
                mine.append((Result(told_in(bundle, rubric, by, of, number)), exact(one["weight"])))
    if not is_known:
        unknown(f"tie-breaker {by} {of}")
    score = weighted(mine)
    return None if score is None else (score,)


def told_in(bundle: Bundle, rubric: dict[str, Any], by: str, of: str, number: str) -> Fraction | None:
    """Of one round, in points. A criterion counts unweighted, with its own highest and lowest where these are dropped."""
    if by not in ("criterion", "mean", "median", "highest", "exact"):
        unknown("tie-breaker " + by)
    sheets = complete_sheets(bundle, rubric, number)
    if not sheets:
        return None
    totals = sorted(Fraction(points[of]) for points in sheets) if by == "criterion" else totals_of(sheets, rubric)
    method = by if by in ("mean", "median") else rubric["method"]
    found = totals[-1] if by == "highest" else middle(totals, method)
    return found / 10 ** rubric["places"]


def check_awards(bundle: Bundle, report: Report) -> None:
    due = winners_due(bundle, report) if bundle.contest["kind"] == "award" else prizes_due(bundle, report)
    stored = {one["entry"]: Due(one["code"], one["place"], one["by"]) for one in bundle["awards"]}
    for number in sorted(set(due) | set(stored)):
        if number not in stored:
            report.fault("award-missing", entry=number, due=due[number])
        elif number not in due:
            report.fault("award-undue", entry=number, stored=stored[number])
        elif stored[number] != due[number]:
            report.fault("award-differs", entry=number, stored=stored[number], due=due[number])
    report.count("awards", len(stored))


def prizes_due(bundle: Bundle, report: Report) -> dict[str, Due]:
    standings = {row["entry"]: sort_key(row["stage"], row["score"], row["milliseconds"]) for row in bundle["standings"]}
    decisions = {one["entry"]: one for one in bundle["decisions"]}
    due: dict[str, Due] = {}
    told: dict[str, list[Value]] = {}
    planned: set[str] = set()
    applied: set[int] = set()
    for group in bundle["plan"]:
        if bundle.tracks[group["track"]]["by_minutes"]:
            continue
        numbers = [
            number
            for number in bundle.of_track[group["track"]]
            if group["division"] in ("", bundle.entries[number]["division"])
        ]
        planned |= set(numbers)
        keys = {number: standings.get(number) for number in numbers}
        due.update(group_due(bundle, group, keys, decisions, told, applied, report))
    check_told(bundle, told, report)
    check_moves(bundle, applied, report)
    by_minutes = 0
    for number, entry in bundle.entries.items():
        if bundle.tracks[entry["track"]]["by_minutes"]:
            if number in decisions and decisions[number]["code"]:
                due[number] = Due(decisions[number]["code"], None, "minutes")
                by_minutes += 1
        elif number not in planned:
            report.fault("entry-unplanned", entry=number)
    if by_minutes:
        report.note("minutes-given", number=by_minutes)
    blank = sum(1 for n, one in decisions.items() if not one["terms"] and n in planned)
    if blank:
        report.note("terms-blank", number=blank)
    return due


def check_told(bundle: Bundle, told: dict[str, list[Value]], report: Report) -> None:
    """What the list keeps of tie-breakers, by the keys of entries."""
    numbers = {entry["key"]: number for number, entry in bundle.entries.items()}
    stored = {numbers.get(key, key): said for key, said in bundle.award_list.get("tie_values", {}).items()}
    for number in sorted(set(stored) | set(told)):
        now = [None if value is None else [str(part) for part in value] for value in told.get(number, ())]
        if stored.get(number, []) != now:
            report.fault("tie-value-differs", entry=number, stored=canonical(stored.get(number, [])).decode(),
                         due=canonical(now).decode())  # fmt: skip
    if told:
        report.count("breakers", len(told))


def group_due(
    bundle: Bundle,
    group: dict[str, Any],
    keys: dict[str, Key],
    decisions: dict[str, Any],
    told: dict[str, list[Value]],
    applied: set[int],
    report: Report,
) -> dict[str, Due]:
    """The prizes of a group; what its tie-breakers said goes into `told`, the moves that count in it into `applied`."""
    chain = group.get("breakers", [])

    def ask(number: str) -> list[Value]:
        return [told_by(bundle, group["track"], one, number) for one in chain]

    levels = [Level(code, kind, exact(value or "0"), minimum) for code, kind, value, minimum in group["levels"]]
    free, cap = places_of(levels, group, len(keys))
    won, held, said = cut(keys, levels, free, group["ties"], cap is not None, ask if chain else None)
    told.update(said)
    places = ranks_of(keys)
    due = {number: Due(levels[at].code, places[number], "plan") for number, at in won.items()}
    tied = set()
    for tie in held:
        tied |= set(tie.numbers)
        for number, code in decided(bundle, tie, levels, chain, decisions, report).items():
            due[number] = Due(code, places[number], "committee")
    for number in sorted((set(keys) & set(decisions)) - tied):
        report.fault("decision-without-tie", entry=number)
    report.count("cuts", 1)
    if bundle["moves"]:
        applied |= move_all(bundle, Seen(group, keys, levels, free, places), due, report)
    return due


def decided(
    bundle: Bundle, tie: Tie, levels: list[Level], chain: list[Any], decisions: dict[str, Any], report: Report
) -> dict[str, str]:
    """The prizes that people gave to the entries of a tie: of this very tie, after these tie-breakers, and no more than
    there are."""
    codes, seats = [levels[at].code for at in tie.seats], list(tie.seats.values())
    keys = sorted(bundle.entries[number]["key"] for number in tie.numbers)
    terms = digest([keys, codes, seats, chain] if chain else [keys, codes, seats])
    found: dict[str, str] = {}
    for number in tie.numbers:
        decision = decisions.get(number)
        if decision is None:
            report.fault("decision-missing", entry=number)
        elif decision["terms"] not in ("", terms):
            report.fault("decision-other-tie", entry=number)
        elif decision["code"]:
            found[number] = decision["code"]
        report.count("ties", 1)
    most = dict(zip(codes, seats))
    for code, given in Counter(found.values()).items():
        if given > most.get(code, 0):
            names = ", ".join(tie.numbers)
            report.fault("tie-over-places", entries=names, prize=code, given=given, most=most.get(code, 0))
    return found


# ── The committee's moves ─────────────────────────────────────────────────────────────────────────────────────────────


class Seen(NamedTuple):
    """A group as the committee saw it: `free` places of each level, the `places` of entries."""

    group: dict[str, Any]
    keys: dict[str, Key]
    levels: list[Level]
    free: list[int]
    places: dict[str, int | None]


def terms_seen(bundle: Bundle, seen: Seen, due: dict[str, Due]) -> str:
    """Of a move: who stands where with which prize, and how many there are. Of anything else nothing was decided."""
    ranked = sorted(
        [bundle.entries[number]["key"], seen.places[number] or 0, due[number].code if number in due else ""]
        for number in seen.keys
    )
    return digest([ranked, [[one.code, free, one.minimum] for one, free in zip(seen.levels, seen.free)]])


def move_all(bundle: Bundle, seen: Seen, due: dict[str, Due], report: Report) -> set[int]:
    """Changes `due` by the moves that were carried on what the committee saw; their numbers."""
    terms, before = terms_seen(bundle, seen, due), dict(due)
    applied: set[int] = set()
    moved: set[str] = set()
    for one in bundle["moves"]:
        if one["terms"] != terms or not carried(one):
            continue
        applied.add(one["number"])
        for number, was, code in one["steps"]:
            if why := wrong_step(seen, before, moved, number, was, code):
                report.fault("move-wrong", number=one["number"], entry=number, why=why)
                continue
            moved.add(number)
            due.pop(number, None)
            if code:
                due[number] = Due(code, seen.places[number], "committee")
    report_over(seen, before, due, report)
    if moved:
        report.note("moves-given", number=len(moved))
    return applied


def wrong_step(seen: Seen, before: dict[str, Due], moved: set[str], number: str, was: str, code: str) -> str:
    key, minima = seen.keys.get(number), {one.code: one.minimum for one in seen.levels}
    if number not in seen.keys:
        return "other-group"
    if number in moved:
        return "moved-twice"
    if key is None:
        return "unranked"
    if was != (before[number].code if number in before else "") or was == code:
        return "other-before"
    if code and code not in minima:
        return "no-such-prize"
    return "under-minimum" if code and key[1] < (minima[code] or 0) else ""


def report_over(seen: Seen, before: dict[str, Due], due: dict[str, Due], report: Report) -> None:
    """Nobody adds a place: each level keeps to the plan, or to what it gave where all tied have the better prize."""
    was, now = (Counter(one.code for one in prizes.values()) for prizes in (before, due))
    most = {one.code: max(free, was[one.code]) for one, free in zip(seen.levels, seen.free)}
    over = [(code, given, most[code]) for code, given in now.items() if given > most[code]]
    together = max(sum(seen.free), len(before))
    over += [("in-all", len(due), together)] if len(due) > together else []
    for code, given, number in over:
        name = f"{seen.group['track']} {seen.group['division']}".strip()
        report.fault("moves-over-places", group=name, prize=code, given=given, most=number)


def carried(move: dict[str, Any]) -> bool:
    """A recused member leaves numerator and denominator; who abstains stays in the denominator."""
    voters = move["present"] - move["recused"]
    if move["majority"] == "half":
        return bool(move["in_favour"] > voters / Fraction(2))
    if move["majority"] == "two_thirds":
        return bool(voters > 0 and Fraction(move["in_favour"], voters) >= Fraction(2, 3))
    return bool(unknown("majority " + move["majority"]))


def check_moves(bundle: Bundle, applied: set[int], report: Report) -> None:
    """Each vote counted again, by a rule that the log knows; every one that was carried counts."""
    ruled = rules_in_log(bundle.events)
    check_votes_in_log(bundle, ruled, report)
    for one in bundle["moves"]:
        number = one["number"]
        parts = [one[name] for name in ("in_favour", "against", "abstained", "recused")]
        if one["present"] == 0 or sum(parts) != one["present"]:
            report.fault("vote-wrong", number=number)
        if one["is_carried"] != carried(one):
            words = ("not-carried", "carried")
            report.fault("vote-differs", number=number, stored=words[one["is_carried"]], due=words[carried(one)])
        if ruled.get(number) != one["majority"]:
            report.fault("move-unruled", number=number, majority=one["majority"])
        if carried(one) and number not in applied:
            report.fault("move-lapsed", number=number)
        report.count("moves", 1)
    if bundle.award_list.get("moves", []) != sorted(applied):
        stored = ", ".join(map(str, bundle.award_list.get("moves", []))) or "—"
        report.fault("moves-differ", stored=stored, due=", ".join(map(str, sorted(applied))) or "—")


VOTE = ("present", "in_favour", "against", "abstained", "recused")


def check_votes_in_log(bundle: Bundle, ruled: dict[int, str], report: Report) -> None:
    """What the log says of each vote, also of one that was taken back; and that the rule was there before all of them."""
    moves = {one["number"]: one for one in bundle["moves"]}
    is_fixed, logged = False, set()
    for event in bundle.events:
        body, seq = event["body"], event["seq"]
        if event["action"] == "moves.ruled" and is_fixed:
            report.fault("rule-late", seq=seq)
        is_fixed = is_fixed or event["action"] in ("move.voted", "awardlist.locked")
        if event["action"] != "move.voted":
            continue
        number = body["number"]
        logged.add(number)
        kept = moves.get(number, body)
        if any(kept[name] != body.get(name) for name in (*VOTE, "is_carried")):
            report.fault("vote-not-logged", number=number, seq=seq)
        if not ruled.get(number):
            continue
        is_due = carried({**body, "majority": ruled[number]})
        if body["is_carried"] != is_due:
            words = ("not-carried", "carried")
            report.fault(
                "vote-logged-wrong", number=number, seq=seq, stored=words[bool(body["is_carried"])], due=words[is_due]
            )
    if set(moves) - logged:
        report.fault("link-missing", what="moves")


def rules_in_log(events: Iterable[dict[str, Any]]) -> dict[int, str]:
    """By number of a move, the majority that was in force when it was proposed."""
    rule, found = "", {}
    for event in events:
        if event["action"] == "moves.ruled":
            rule = event["body"].get("majority", "")
        elif event["action"] == "move.proposed":
            found[event["body"].get("number")] = rule
    return found


# ── Special prizes ────────────────────────────────────────────────────────────────────────────────────────────────────


def check_specials(bundle: Bundle, report: Report) -> None:
    """No more than there are, to whom they are for, and as the log gave them, under the same minutes."""
    prizes = {one["key"]: one for one in bundle["specials"]}
    given = Counter(one["prize"] for one in bundle["special_awards"])
    for key, times in given.items():
        most = prizes[key]["number"] if key in prizes else 0
        if times > most:
            report.fault("special-over", prize=key, given=times, most=most)
    logged = specials_in_log(bundle.events)
    for one in bundle["special_awards"]:
        entry, prize = bundle.entries[one["entry"]], prizes.get(one["prize"])
        is_open = prize is not None and all(
            not prize[kinds] or entry[kind] in prize[kinds]
            for kinds, kind in (("tracks", "track"), ("divisions", "division"))
        )
        if not is_open:
            report.fault("special-closed", prize=one["prize"], entry=one["entry"])
        if not one["minutes"] or logged.pop((one["prize"], one["entry"]), "") != one["minutes"]:
            report.fault("special-unlogged", prize=one["prize"], entry=one["entry"])
        report.count("specials", 1)
    for key, number in logged:
        report.fault("special-missing", prize=key, entry=number)
    if given:
        report.note("specials-given", number=len(bundle["special_awards"]))


def specials_in_log(events: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """(prize, entry) -> what the log keeps of the minutes, of those that were given and not taken back."""
    found: dict[tuple[str, str], str] = {}
    for event in events:
        which = (event["subject"].split(":", 1)[-1], event["body"].get("entry", ""))
        if event["action"] == "special.given":
            found[which] = event["body"].get("why", "")
        elif event["action"] == "special.taken-back":
            found.pop(which, None)
    return found


# ── The committee's ballots ───────────────────────────────────────────────────────────────────────────────────────────


def winners_due(bundle: Bundle, report: Report) -> dict[str, Due]:
    ranks = {row["entry"]: row["rank"] for row in bundle["standings"] if row["rank"] is not None}
    votes: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in bundle["votes"]:
        votes[one["ballot"]][one["entry"]][one["member"]] = one["choice"]
    rounds = {one["ballot"]: one for one in bundle["ballots"]}
    check_rounds(bundle, votes, report)
    due: dict[str, Due] = {}
    for terms in bundle["terms"]:
        mine = [number for number in bundle.of_track[terms["track"]] if number in ranks]
        winners, nominated = elected(terms, mine, ranks, votes, report, rounds)
        due.update({number: Due("mayor", place, "committee") for place, number in enumerate(winners, 1)})
        due.update({number: Due("nomination", None, "plan") for number in nominated})
    struck = {line[0] for one in bundle["resolutions"] for line in one["struck"]}
    return {number: one for number, one in due.items() if number not in struck}  # and nobody moves up


def check_approval(bundle: Bundle, report: Report) -> None:
    """A published list was approved by every body above the committee, one after the other, each what the one before
    it did but for whom it left out itself."""
    said = resolutions_in_log(bundle, report)
    stored = {one["serial"]: one for one in bundle["resolutions"]}
    for number in sorted({*stored, *said}):
        logged = said.get(number, {}).get("body", {})
        if number not in stored or any(logged.get(name) != value for name, value in stored[number].items()):
            report.fault("resolution-unlogged", number=number)
    steps = bundle.contest.get("approval", [])
    if not steps:
        return
    report.count("resolutions", len(stored))
    report.note("resolutions-given", number=len(stored))
    subject = "awards.awardlist:" + bundle.award_list["key"]
    published = [one["seq"] for one in bundle.events
                 if one["subject"] == subject and one["action"] == "awardlist.published"]  # fmt: skip
    if bundle.award_list["state"] != "published" or not published:
        report.note("approval-waits", number=len(steps), found=len(stored))
        return
    follow_back(bundle, steps, {number: one["seq"] for number, one in said.items()}, published[-1], report)
    check_titles_since(bundle, steps, said, published[-1], report)


def follow_back(bundle: Bundle, steps: list[str], logged: dict[int, int], published: int, report: Report) -> None:
    """From the prizes of the list to what the committee gave."""
    prizes = sorted([one["entry"], one["code"], one["place"] or 0, one["by"]] for one in bundle["awards"])
    after = published
    for step in reversed(steps):
        mine = [one for one in bundle["resolutions"] if one["step"] == step]
        last = max(mine, key=lambda one: int(one["serial"]), default=None)
        if last is None or last["outcome"] not in ("approved", "struck") or last["approves"] != digest(prizes):
            report.fault("approval-missing", step=step)
            return
        if logged.get(last["serial"], after) >= after:
            report.fault("approval-order", step=step)
        prizes = sorted([*prizes, *last["struck"]])
        if last["seen"] != digest(prizes) or (last["outcome"] == "struck") != bool(last["struck"]):
            report.fault("resolution-wrong", number=last["serial"])
        after = logged.get(last["serial"], after)


def check_titles_since(
    bundle: Bundle, steps: list[str], logged: dict[int, dict[str, Any]], published: int, report: Report
) -> None:
    """Where a title follows now to others than when a body approved, the office said before the publication that it
    knows of exactly that. A title that went with a prize is no such change."""
    numbers = {one["entry"] for one in bundle["awards"]}
    now = {(line["title"], who) for line in bundle["titles"] for who in line["given"]}
    change, first = [], None
    for step in steps:
        mine = [one for one in bundle["resolutions"] if one["step"] == step and one["serial"] in logged]
        last = max(mine, key=lambda one: int(one["serial"]), default=None)
        if last is None or not ("titles" in last or kept_titles(bundle, logged[last["serial"]]["seq"])):
            continue
        then = {(title, who) for title, who, of in last.get("titles", ()) if numbers.intersection(of)}
        if then != now:
            change.append([last["serial"], *(sorted(map(list, one)) for one in (then - now, now - then))])
            first = first or (step, sorted({title for title, _who in then ^ now}))
    known = any(one["action"] == "titles.acknowledged" and one["seq"] < published
                and one["body"].get("change") == digest(change) for one in bundle.events)  # fmt: skip
    if first and not known:
        report.fault("titles-unacknowledged", step=first[0], titles=", ".join(map(str, first[1])))


def kept_titles(bundle: Bundle, before: int) -> bool:
    """Whether lists kept their titles already when something was decided."""
    proposed = [one for one in bundle.events if one["action"] == "list.proposed" and one["seq"] < before]
    return bool(proposed) and "titles" in proposed[-1]["body"]


# ── Titles that follow from prizes ────────────────────────────────────────────────────────────────────────────────────

PRIZE_ORDER = {"mayor": 1, "nomination": 2}
NO_PLACE = 10**9


def check_titles(bundle: Bundle, report: Report) -> None:
    """Whom each goes to, worked out again from the prizes of the list and from who stands behind which entry."""
    for line in bundle["titles"]:
        asked = {(track, code) for track, code in line["follows"]}
        wins = {one["entry"]: (PRIZE_ORDER.get(one["code"]) or unknown(one["code"]),
                               NO_PLACE if one["place"] is None else one["place"])
                for one in bundle["awards"] if (bundle.entries[one["entry"]]["track"], one["code"]) in asked}  # fmt: skip
        of: dict[str, list[str]] = {}
        for who, numbers in line["of"]:
            of[who] = list(numbers)
        times = Counter(number for numbers in of.values() for number in numbers)
        for number in sorted(times):
            if number not in wins:
                report.fault("title-of-nobody", title=line["title"], entry=number)
            elif line["kind"] == "school" and times[number] > 1:
                report.fault("title-twice", title=line["title"], entry=number)
        check_given(
            line, {who: [wins[one] for one in numbers if one in wins] for who, numbers in of.items()}, of, report
        )
        report.count("titles", 1)
    if bundle["titles"]:
        report.note("titles-given", number=len(bundle["titles"]))


def check_given(line: dict[str, Any], wins: dict[str, list[Any]], of: dict[str, list[str]], report: Report) -> None:
    due, tied, seats = entitled(line, {who: mine for who, mine in wins.items() if mine})
    given = set(line["given"])
    for who in sorted(due - given, key=lambda one: of[one]):
        report.fault("title-missing", title=line["title"], entries=", ".join(of[who]))
    for who in sorted(given - due - tied, key=lambda one: of.get(one, [])):
        report.fault("title-undue", title=line["title"], entries=", ".join(of.get(who, ["?"])))
    if tied:
        report.note("title-ties", title=line["title"], number=len(tied), seats=seats)
        if len(given & tied) > seats:
            report.fault("title-over", title=line["title"], given=len(given & tied), seats=seats)


def entitled(line: dict[str, Any], wins: dict[str, list[Any]]) -> tuple[set[str], set[str], int]:
    """Who has the title; who is equal at its last place and waits for the committee, and how many places these share.

    Best prize first, then the next best; who has one more goes before who has none left."""
    if not line["number"]:
        return set(wins), set(), 0
    if line["ties"] not in ("extend", "shrink", "hold"):
        unknown(line["ties"])
    groups: dict[Any, set[str]] = defaultdict(set)
    for who, mine in wins.items():
        groups[(*sorted(mine), (len(PRIZE_ORDER) + 1, 0))].add(who)
    due: set[str] = set()
    for key in sorted(groups):
        free = line["number"] - len(due)
        if free <= 0:
            break
        if len(groups[key]) <= free or line["ties"] == "extend":
            due |= groups[key]
        elif line["ties"] == "hold":
            return due, groups[key], free
        else:
            break
    return due, set(), 0


def resolutions_in_log(bundle: Bundle, report: Report) -> dict[int, dict[str, Any]]:
    """By number, those that were recorded and not withdrawn; on the way, who was to approve and whether that was fixed
    with the first lock."""
    ruled: Any = []
    found: dict[int, dict[str, Any]] = {}
    is_locked = False
    for event in bundle.events:
        if event["action"] == "approval.ruled":
            ruled = event["body"].get("steps")
            if is_locked:
                report.fault("approval-late", seq=event["seq"])
        elif event["action"] == "resolution.recorded":
            found[event["body"]["serial"]] = event
        elif event["action"] == "resolution.withdrawn":
            found.pop(event["body"]["serial"], None)
        is_locked = is_locked or event["action"] == "awardlist.locked"
    if bundle.contest.get("approval", []) != ruled:
        report.fault("approval-differs", stored=bundle.contest.get("approval", []), found=ruled)
    return found


def named_by(votes: Any, left: list[str]) -> tuple[int, dict[str, tuple[int, ...]]]:
    """How many voted, and yes, no, abstained and recused of each who is left."""
    cast = {number: votes[number] for number in left if number in votes}
    said = {number: Counter(one.values()) for number, one in cast.items()}
    counts = {number: tuple(one[name] for name in CHOICES) for number, one in said.items()}
    return len({member for one in cast.values() for member in one}), counts


def summed(ballot: Any, left: list[str]) -> tuple[int, dict[str, tuple[int, ...]]]:
    """The same of a round in a meeting, by its sums."""
    return ballot["present"], {number: tuple(said) for number, *said in ballot["counts"] if number in left}


CHOICES = ("yes", "no", "abstain", "recused")


def check_rounds(bundle: Bundle, votes: Any, report: Report) -> None:
    """Rounds in meetings: their sums agree, the log closed them so, and named votes are their counts."""
    logged: dict[int, str] = {}
    took_part: Counter[int] = Counter()
    for event in bundle.events:
        which, action = event["body"].get("round"), event["action"]
        if action == "ballot.closed":
            logged[which] = event["body"].get("content", "")
        elif action == "ballot.voided":
            logged.pop(which, None)
        elif action == "ballot.cast":
            took_part[which] += 1
    for one in bundle["ballots"]:
        number = one["ballot"]
        if logged.pop(number, None) != digest(one) or took_part[number] != (
            one["returned"] if one["way"] == "phone" else 0
        ):
            report.fault("ballot-unlogged", ballot=number)
        else:
            report.count("links", 1)
        for why in wrong_sums(one):
            report.fault("ballot-sums", ballot=number, why=why)
        for entry, *said in one["counts"] if votes.get(number) else ():
            named = Counter(votes[number].get(entry, {}).values())
            if votes[number].get(entry) and said[:3] != [named[name] for name in CHOICES[:3]]:
                report.fault("ballot-named", ballot=number, entry=entry)
    for number in logged:
        report.fault("ballot-unlogged", ballot=number)


def wrong_sums(one: dict[str, Any]) -> Iterator[str]:
    present, valid = one["present"], one["valid"]
    if not one["returned"] <= one["issued"] <= present:
        yield "issued-returned"
    if valid + one["invalid"] != one["returned"]:
        yield "valid-invalid"
    for _, yes, no, abstain, recused in one["counts"]:
        if not max(valid - recused, 0) <= yes + no + abstain <= min(valid, present - recused):
            yield "votes-of"
    if sum(yes for _, yes, *_ in one["counts"]) > one["cap"] * valid:
        yield "names-most"


def share_of(voters: int, share: Fraction) -> int:
    """Two thirds of 7 is 5; one half means more than half."""
    return voters // 2 + 1 if share == Fraction(1, 2) else ceil(voters * share)


def elected(
    terms: dict[str, Any], mine: list[str], ranks: dict[str, int], votes: Any, report: Report, rounds: Any = None
) -> tuple[list[str], list[str]]:
    winners: list[str] = []
    tied: list[str] = []
    standing: dict[str, tuple[int, int, int]] = {}
    rounds = rounds or {}
    for ballot in sorted({*votes, *rounds}):
        left = [number for number in mine if number not in winners]
        present, cast = summed(rounds[ballot], left) if ballot in rounds else named_by(votes[ballot], left)
        if not cast:
            continue
        report.count("ballots", 1)
        has_quorum = present >= share_of(terms["members"], exact(terms["quorum"]))
        if not has_quorum:
            report.fault("no-quorum", track=terms["track"], ballot=ballot)
        passed = []
        for number, (yes, no, abstain, recused) in cast.items():
            of = {"members": terms["members"] - recused, "present": present - recused, "cast": yes + no + abstain}
            if terms["majority_of"] not in of:
                unknown("majority " + terms["majority_of"])
            has_passed = of["cast"] > 0 and yes >= share_of(of[terms["majority_of"]], exact(terms["majority"]))
            place = (0, -yes, ranks[number]) if has_quorum and has_passed else (1, 0, ranks[number])
            standing[number] = place
            if place[0] == 0:
                passed.append((place, number))
        passed.sort()
        places = terms["places"] - len(winners)
        fresh = [number for _, number in passed[:places]]
        still = [number for place, number in passed[places:] if places and place == passed[places - 1][0]]
        if still:
            border = passed[places - 1][0]
            fresh = [number for place, number in passed[:places] if place != border]
            still = [number for place, number in passed if place == border]
        is_open = len(winners) + len(fresh) < terms["places"] and not set(tied) & set(cast)
        winners += fresh
        tied = still or (tied if is_open else [])
    if tied:
        report.fault("ballot-tied", track=terms["track"])
    others = sorted((place, number) for number, place in standing.items() if number not in winners)
    most = min(terms["nomination_places"], len(others))
    last = others[most - 1][0] if most else None
    return winners, [one for place, one in others if last is not None and place <= last]


# ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────────────


CHECKS = (check_phases, check_persons, check_links, check_references, check_conflicts, check_marks, check_standings,
          check_finalists, check_awards, check_specials, check_titles, check_approval)  # fmt: skip


def verify(data: Any, head: str = "") -> Report:
    """Everything about a bundle.

    data   the bytes of the file
    head   the hash in which the log must end, known from elsewhere; "" for none
    """
    report = Report()
    members = read_members(data, report)
    if not members:
        return report
    manifest = read_manifest(members, report)
    if manifest is None:
        return report
    rows = read_lines(members, report)
    if any(one.code in ("line-malformed", "line-twice") for one in report.faults):
        return report
    bundle = Bundle(rows)
    if (bundle.contest["key"], bundle.award_list["version"]) != (manifest["contest"], manifest["list"]):
        report.fault("manifest-wrong", why="contest, list")
    check_chain(bundle.events, manifest["log"], head, report)
    for check in CHECKS:
        try:
            check(bundle, report)
        except Malformed as fault:
            report.fault("rule-unknown", what=str(fault))
        except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, StopIteration) as fault:
            report.fault("line-malformed", name=check.__name__[6:], line="?", why=repr(fault)[:80])
    say_what_is_left(bundle, report)
    return report


def say_what_is_left(bundle: Bundle, report: Report) -> None:
    report.note("no-names", digest=bundle.award_list["digest"])
    report.note("entries-given", number=len(bundle.entries))
    if bundle.run:
        report.note("conflicts-given", number=len(bundle["conflicts"]))
        report.note("commitments")
        report.note("no-analysis")
    changed = sum(1 for one in bundle.events if one["action"] == "plan.saved" and "why" in one["body"])
    if changed:
        report.note("plan-why", number=changed)
    if number := report.checked.get("ties"):
        report.note("decisions-given", number=number)
    number = bundle.award_list["recognitions"] - sum(len(line["given"]) for line in bundle["titles"])
    if number > 0:
        report.note("recognitions", number=number)
    if bundle.contest["kind"] == "award":
        report.note("eligibility")


def as_text(report: Report) -> str:
    """Chinese, then English, line by line."""
    lines = [
        "桂冠核验 · Laurel bundle · {} · v{}".format(report.names.get("contest", "?"), report.names.get("list", "?"))
    ]
    for code, number in report.checked.items():
        lines.append(f"  {number:9}  {WORDS[code][0]} · {WORDS[code][1]}")
    for title, found in (("未重算 · not recomputed:", report.not_recomputed), ("不符 · differs:", report.faults)):
        if found:
            lines.append(title)
        for one in found:
            lines += ["  - " + one.text(0), "    " + one.text(1)]
    lines.append(
        "全部一致 · everything holds"
        if report.holds
        else f"有 {len(report.faults)} 处不符 · differences: {len(report.faults)}"
    )
    return "\n".join(lines)


def as_json(report: Report) -> str:
    def said(found: list[Said]) -> list[dict[str, Any]]:
        return [
            {"code": one.code, "zh": one.text(0), "en": one.text(1), "facts": {k: str(v) for k, v in one.facts.items()}}
            for one in found
        ]

    value = {"holds": report.holds, **report.names, "checked": report.checked, "faults": said(report.faults),
             "not_recomputed": said(report.not_recomputed)}  # fmt: skip
    return json.dumps(value, ensure_ascii=False, indent=2)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="核验桂冠的结果 · Works out a list of awards again from its bundle.")
    parser.add_argument("bundle", help="bundle.zip")
    parser.add_argument("--quiet", action="store_true", help="say nothing where everything holds")
    parser.add_argument("--json", action="store_true", help="answer for a program")
    parser.add_argument("--head", default="", metavar="HASH", help="the log must end in this hash")
    options = parser.parse_args(arguments)
    try:
        with open(options.bundle, "rb") as file:
            data = file.read()
    except OSError as fault:
        sys.stderr.write(f"无法读取 · cannot be read: {fault}\n")
        return 1
    gc.disable()  # the rows of a large bundle would be looked through again and again
    report = verify(data, options.head)
    if hasattr(sys.stdout, "reconfigure"):  # a terminal that lacks a character still gets the answer
        sys.stdout.reconfigure(errors="replace")
    if not (options.quiet and report.holds):
        sys.stdout.write((as_json(report) if options.json else as_text(report)) + "\n")
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
