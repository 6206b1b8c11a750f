"""DO: guards are asked of the catalogue as it is then, and handlers catch what PostgreSQL would raise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analyzer.model.events import (
    ANYTHING,
    NULL,
    Assign,
    Block,
    Choice,
    DoBlock,
    Event,
    Gap,
    Grant,
    Handler,
    IsThere,
    Known,
    Leave,
    Need,
    Pick,
    Raise,
    Ref,
    Return,
    RowLoop,
    Statement,
    Step,
    Text,
    Turns,
    TypeRef,
)
from analyzer.model.span import Span
from analyzer.sql.contents import assign, doubt_contents, lose_contents
from analyzer.sql.effect import apply
from analyzer.sql.pg_catalog import Row, answer, check_casts, rows_of_probe
from analyzer.sql.plpgsql.conditions import catches
from analyzer.sql.state import Refusal, State


def need_declared(state: State, declared: Sequence[TypeRef | Ref]) -> None:
    """42704 for the type of a variable that is not there, 42P01 for the relation of a row."""
    for each in declared:
        if isinstance(each, Ref):
            state.need_relation(each)
        else:
            state.resolve_type(each)


class _RaisedAgain(Exception):
    """RAISE was met that says nothing more: what was caught goes on."""


class _Returned(Exception):
    """RETURN was met."""


class _Left(Exception):
    """CONTINUE was met, or EXIT: then ``whole`` is True."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole


def do_block(state: State, event: DoBlock, span: Span) -> None:
    """Run the block as one statement."""
    need_declared(state, event.declared)
    if event.opaque:
        lose_contents(state)
    state.variables.clear()
    state.followed = event.followed
    state.way_out = None
    state.unseen = False
    try:
        _run_block(state, event.body)
    except (_Returned, _Left, _RaisedAgain):
        return
    except Refusal:
        if state.way_out is None:
            raise
        state.journal.roll_back(state.way_out)


def _run_block(state: State, block: Block) -> None:
    mark = state.journal.mark()
    try:
        _run(state, block.steps)
    except Refusal as refusal:
        handler = next((each for each in block.handlers if _catches(each, refusal.sqlstate)), None)
        if handler is None:
            raise
        state.journal.roll_back(mark)
        try:
            _run(state, handler.steps)
        except _RaisedAgain:
            raise refusal from None
    else:
        if block.handlers:
            # Something in it may have been refused that is not seen, and then nothing of it stays.
            for leaf in _leaves(block.steps):
                _doubt_rows(state, leaf)


def _catches(handler: Handler, sqlstate: str) -> bool:
    return any(catches(condition, sqlstate) for condition in handler.conditions)


def _run(state: State, steps: Sequence[Step]) -> None:
    for step in steps:
        if isinstance(step, Statement):
            apply(state, step.event, step.span)
            state.unseen |= _may_fail(step.event)
        elif isinstance(step, Choice):
            _choose(state, step)
        elif isinstance(step, RowLoop):
            _loop(state, step)
        elif isinstance(step, Pick):
            _pick(state, step)
        elif isinstance(step, Turns):
            for turn in step.turns:
                if not _turn(state, turn):
                    break
        elif isinstance(step, Leave):
            raise _Left(step.whole)
        elif isinstance(step, Block):
            _run_block(state, step)
            state.variables.clear()  # it may have had its own of the same names
        elif isinstance(step, Assign):
            assign(state, step.names, step.value)
        elif isinstance(step, Raise):
            _raise(state, step)
        elif isinstance(step, Return):
            raise _Returned


def _may_fail(event: Event) -> bool:
    """Whether it moves data, runs a function, or was not understood: it may be refused for reasons that are not seen."""
    if isinstance(event, Need):
        return event.kind != "select" or bool(event.runs or event.relations)
    return isinstance(event, Gap)


def _raise(state: State, step: Raise) -> None:
    if step.sqlstate and not state.unseen:
        raise Refusal(step.sqlstate, step.message, step.span)
    if step.sqlstate == "":
        raise _RaisedAgain
    lose_contents(state)
    raise _Returned


def _loop(state: State, loop: RowLoop) -> None:
    if not loop.body.sql:
        return
    check_casts(state, loop.rows)
    rows = rows_of_probe(state, loop.rows)
    turns = [_fields(loop, row) for row in rows] if rows is not None else [None]
    if None in turns:
        _doubt(state, "loop over the system catalogue", loop)
        return
    for turn in turns:
        steps = _read(loop.body, dict(loop.values) | (turn or {}))
        if steps is None:
            _doubt(state, "loop in a DO block", loop)
            return
        if not _turn(state, steps):
            return


def _read(body: Text, values: Mapping[str, str | Known | IsThere]) -> Sequence[Step] | None:
    """The steps of a part of a body, with what is known when it is run; None where it can't be read."""
    from analyzer.sql.plpgsql.block import read_body
    from analyzer.sql.plpgsql.tokens import UnreadableBlockError

    try:
        return read_body(body.sql, body.span.start, values) if body.sql else ()
    except UnreadableBlockError:
        return None


def _turn(state: State, steps: Sequence[Step]) -> bool:
    """Run one turn of a loop: whether there may be another."""
    try:
        _run(state, steps)
    except _Left as left:
        return not left.whole
    return True


def _pick(state: State, pick: Pick) -> None:
    """Give the variables what the row holds, and run the rest; of several rows that differ, none is surely the one."""
    check_casts(state, pick.rows)
    rows = rows_of_probe(state, pick.rows)
    values: dict[str, str | Known | IsThere] = {**dict(pick.values), **dict.fromkeys(pick.absent, IsThere(NULL))}
    for name in pick.names:
        values.pop(name, None)
    assign(state, ("found", *pick.names), NULL if rows == [] else None)
    if rows == [] and pick.strict:
        raise Refusal("P0002", "query returned no rows", pick.rest.span)
    if rows is not None:
        values["found"] = Known(bool(rows))
        values |= _picked(pick, rows) if rows else dict.fromkeys(pick.names, IsThere(NULL))
    steps = _read(pick.rest, values)
    if steps is None:
        state.doubt("DO block", pick.rest.span, ANYTHING, dynamic=True)
    else:
        _run(state, steps)


def _picked(pick: Pick, rows: Sequence[Row]) -> dict[str, str]:
    found = {}
    for name, (_, table, column) in zip(pick.names, pick.outputs, strict=True):
        values = {row.get((table, column)) for row in rows}
        if len(values) == 1 and (value := values.pop()) is not None:
            found[name] = value
    return found


def _doubt(state: State, reason: str, loop: RowLoop) -> None:
    state.unseen = True
    if loop.words & {"insert", "update", "delete", "merge"}:
        lose_contents(state)
    if loop.grants:
        state.doubt_rights(loop.words, dynamic=True)
    else:
        state.doubt(reason, loop.span, loop.words, dynamic=True)


def _fields(loop: RowLoop, row: Row) -> dict[str, str] | None:
    """The variables of one turn: each output of the record, and the variable itself when there is one output."""
    found: dict[str, str] = {}
    for name, table, column in loop.outputs:
        for (row_table, row_column), value in row.items():
            if row_table == table and column in ("*", row_column):
                found[f"{loop.variable}.{row_column if column == '*' else name}"] = value
                if len(loop.outputs) == 1 and column != "*":
                    found[loop.variable] = value
    wanted = {f"{loop.variable}.{name}" for name, _, column in loop.outputs if column != "*"}
    return found if wanted <= found.keys() else None


def _choose(state: State, choice: Choice) -> None:
    for branch in choice.branches:
        check_casts(state, branch.condition)
        for relation in branch.relations:
            state.need_relation(relation, in_query=True)
        held = answer(state, branch.condition)
        if held is None:
            state.variables.clear()
            state.unseen = True
            if state.way_out is None and any(_leaves_off(each.steps) for each in choice.branches):
                state.way_out = state.journal.mark()
            leaves = [each for branch in choice.branches for each in _leaves(branch.steps)]
            leaves += _leaves(choice.otherwise)
            for each in leaves:
                _doubt_rows(state, each)
            done = [each for each in leaves if not isinstance(each, Statement) or not isinstance(each.event, Need)]
            if any(not _only_grants(each) for each in done):
                state.doubt("condition in a DO block that can't be told", choice.span, choice.words)
            elif done:
                state.doubt_rights(choice.words, dynamic=False)
            return
        if held:
            _run(state, branch.steps)
            return
    _run(state, choice.otherwise)


def _doubt_rows(state: State, leaf: Statement | RowLoop | Pick) -> None:
    if isinstance(leaf, Statement) and isinstance(leaf.event, Need):
        doubt_contents(state, leaf.event)
    elif isinstance(leaf, RowLoop | Pick):
        lose_contents(state)


def _leaves(steps: Sequence[Step]) -> Iterator[Statement | RowLoop | Pick]:
    """The statements and loops within, wherever they stand."""
    for step in steps:
        if isinstance(step, Statement | Pick):
            yield step
        elif isinstance(step, RowLoop):
            if step.body.sql:
                yield step
        elif isinstance(step, Turns):
            yield from (leaf for turn in step.turns for leaf in _leaves(turn))
        elif isinstance(step, Block):
            yield from _leaves(step.steps)
            yield from (leaf for handler in step.handlers for leaf in _leaves(handler.steps))
        elif isinstance(step, Choice):
            yield from _leaves(step.otherwise)
            yield from (leaf for branch in step.branches for leaf in _leaves(branch.steps))


def _leaves_off(steps: Sequence[Step]) -> bool:
    """Whether the steps may end the block or a loop: what comes after them is perhaps not run."""
    return any(
        isinstance(step, Return | Leave)
        or (isinstance(step, Block) and _leaves_off(step.steps))
        or (isinstance(step, Turns) and any(map(_leaves_off, step.turns)))
        or (isinstance(step, Choice) and any(_leaves_off(each.steps) for each in step.branches))
        for step in steps
    )


def _only_grants(step: Statement | RowLoop | Pick) -> bool:
    if isinstance(step, RowLoop | Pick):
        return isinstance(step, RowLoop) and step.grants
    return isinstance(step.event, Grant) or (isinstance(step.event, Gap) and step.event.grants)


EFFECTS = {DoBlock: do_block}
