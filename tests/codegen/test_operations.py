"""Operations: names in the tree, parameters, bodies, results, streams and pages."""

from __future__ import annotations

from typing import Any

import pytest
from polyport_codegen.diagnostics import Diagnostics
from polyport_codegen.ir.model import Api, PageStyle
from polyport_codegen.ir.types import Ref, component
from polyport_codegen.pipeline import BuildOptions

from tests.codegen.specs import api_of, get, ref


def names(api: Api) -> dict[str, str]:
    """METHOD path -> dotted name."""
    return {
        f"{o.method} {o.path}": ".".join("_".join(w) for w in (*o.resource, o.words)) for o in api.operations.values()
    }


def operation(method: str, id: str = "", **more: Any) -> dict[str, Any]:
    return {method: {"responses": {"204": {"description": ""}}, **({"operationId": id} if id else {}), **more}}


def test_names_come_from_paths_and_methods() -> None:
    api = api_of(paths={
        "/v1/chat/completions": operation("post", "createChatCompletion"),
        "/v1/models": get({"type": "array", "items": {"type": "string"}}),
        "/v1/models/{model}": get({"type": "object"}) | operation("delete") | operation("patch") | operation("put"),
        "/v1/health": get({"type": "object"}),
        "/v1/threads/{id}/runs/{run}/cancel": operation("post", "cancelRun"),
        "/v1/images/{id}:generate": operation("post"),
    })  # fmt: skip
    assert names(api) == {
        "POST /v1/chat/completions": "chat.completions.create",
        "GET /v1/models": "models.list",
        "GET /v1/models/{model}": "models.retrieve",
        "DELETE /v1/models/{model}": "models.delete",
        "PATCH /v1/models/{model}": "models.update",
        "PUT /v1/models/{model}": "models.replace",
        "GET /v1/health": "health.retrieve",
        "POST /v1/threads/{id}/runs/{run}/cancel": "threads.runs.cancel",
        "POST /v1/images/{id}:generate": "images.generate",
    }


def test_what_does_to_a_collection_what_is_done_to_its_items_says_so() -> None:
    several = operation("delete") | operation("patch") | operation("put")
    api = api_of(paths={"/pods": several, "/pods/{name}": several, "/cache": operation("delete")})
    found = names(api)
    assert [found[f"{m} /pods"] for m in ("DELETE", "PATCH", "PUT")] == [
        "pods.delete_all", "pods.update_all", "pods.replace_all",
    ]  # fmt: skip
    assert [found[f"{m} /pods/{{name}}"] for m in ("DELETE", "PATCH", "PUT")] == [
        "pods.delete", "pods.update", "pods.replace",
    ]  # fmt: skip
    assert found["DELETE /cache"] == "cache.delete"


def test_calls_that_meet_say_what_sets_their_paths_apart() -> None:
    api = api_of(paths={
        "/repos/{owner}/{repo}/pulls/comments": get({"type": "array"}),
        "/repos/{owner}/{repo}/pulls/{pull_number}/comments": get({"type": "array"}),
        "/nodes/{name}/proxy": operation("head"),
        "/nodes/{name}/proxy/{path}": operation("head"),
        "/gists/{gist_id}": get({"type": "object"}),
        "/gists/{gist_id}/{id}": get({"type": "object"}, operationId="gists/get-revision", tags=["gists"]),
    })  # fmt: skip
    found = names(api)
    assert found["GET /repos/{owner}/{repo}/pulls/{pull_number}/comments"] == "repos.pulls.comments.list_for_pull"
    assert found["HEAD /nodes/{name}/proxy/{path}"] == "nodes.proxy.head_for_path"
    assert found["GET /gists/{gist_id}/{id}"] == "gists.get_revision"


def test_a_last_segment_of_words_that_change_something_is_the_method() -> None:
    api = api_of(paths={
        "/transactions/create_reversal": operation("post"),
        "/pulls/{id}/update-branch": operation("put"),
        "/users/add_ons": operation("post"),
    })  # fmt: skip
    assert list(names(api).values()) == ["transactions.create_reversal", "pulls.update_branch", "users.add_ons.create"]


def test_names_that_meet_do_not_depend_on_order() -> None:
    paths = {
        "/repos/{owner}/issues": get({"type": "array"}),
        "/orgs/issues": get({"type": "array"}),
        "/repos/issues": get({"type": "array"}),
    }
    forward = names(api_of(paths=paths))
    assert forward == names(api_of(paths=dict(reversed(paths.items()))))
    assert len(set(forward.values())) == 3
    assert forward["GET /repos/issues"] == "repos.issues.list"


def test_a_query_in_a_path_is_a_constant() -> None:
    api = api_of(paths={
        "/responses?beta=true": operation("post", "beta_createResponse"),
        "/responses": operation("post", "createResponse"),
    })  # fmt: skip
    beta = api.operations["beta_createResponse"]
    assert beta.path == "/responses"
    assert [(p.wire_name, p.const and p.const.value) for p in beta.parameters] == [("beta", "true")]
    assert api.operations["createResponse"].words == ("create",)
    assert (beta.resource, beta.words) == ((("beta",), ("responses",)), ("create",))


def test_a_thing_of_which_there_is_one_is_updated() -> None:
    limit = {"type": "object", "properties": {"cents": {"type": "integer"}}}
    keys = {"type": "object", "properties": {"tools": {"type": "array", "items": {"type": "string"}}}}
    api = api_of(paths={
        "/projects/{id}/limit": get(limit) | operation("post", "setLimit"),
        "/projects/{id}/permissions": get(keys, operationId="retrieve-permissions") | operation("post", "update-permissions"),
        "/projects/{id}/report": get(limit) | operation("post", "create-report"),
        "/projects/{id}/dispute": get(limit) | operation("post", "PostProjectsIdDispute"),
        "/projects/{id}/notes": get({"type": "array"}) | operation("post", "addNote"),
        "/projects/{id}/secret": get(limit) | operation("post", "x") | operation("put", "y"),
    })  # fmt: skip
    assert names(api) == {
        "GET /projects/{id}/limit": "projects.limit.retrieve",
        "POST /projects/{id}/limit": "projects.limit.update",
        "GET /projects/{id}/permissions": "projects.permissions.retrieve",
        "POST /projects/{id}/permissions": "projects.permissions.update",
        "GET /projects/{id}/report": "projects.report.retrieve",
        "POST /projects/{id}/report": "projects.report.create",
        "GET /projects/{id}/dispute": "projects.dispute.retrieve",
        "POST /projects/{id}/dispute": "projects.dispute.update",
        "GET /projects/{id}/notes": "projects.notes.list",
        "POST /projects/{id}/notes": "projects.notes.create",
        "GET /projects/{id}/secret": "projects.secret.retrieve",
        "POST /projects/{id}/secret": "projects.secret.create",
        "PUT /projects/{id}/secret": "projects.secret.update",
    }


def test_what_is_done_is_the_method_and_not_a_resource() -> None:
    raw = {
        "get": {
            "operationId": "downloadFile",
            "responses": {"200": {"description": "", "content": {"application/zip": {}}}},
        }
    }
    api = api_of(paths={
        "/images/generations": operation("post", "createImage"),
        "/images/edits": operation("post", "createImageEdit"),
        "/images/variations": operation("post", "createImageVariation"),
        "/images/{id}/remix": operation("post", "createImageRemix"),
        "/chat/completions": operation("post", "createChatCompletion"),
        "/audio/translations": operation("post", "createTranslation"),
        "/files/{id}/content": raw,
        "/usage/costs": get({"type": "array"}, operationId="usage-costs"),
        "/threads/{id}/runs": operation("post", "createRun"),
        "/threads/runs": operation("post", "createThreadAndRun"),
        "/invoices/{id}/mark_uncollectible": operation("post", "PostInvoicesIdMarkUncollectible"),
        "/chat.postMessage": operation("post", "chat_postMessage"),
        "/getMe": operation("get", "getMe", tags=["users"]),
    })  # fmt: skip
    assert names(api) == {
        "POST /images/generations": "images.generate",
        "POST /images/edits": "images.edit",
        "POST /images/variations": "images.create_variation",
        "POST /images/{id}/remix": "images.remix",
        "POST /chat/completions": "chat.completions.create",
        "POST /audio/translations": "audio.translations.create",
        "GET /files/{id}/content": "files.content",
        "GET /usage/costs": "usage.costs",
        "POST /threads/{id}/runs": "threads.runs.create",
        "POST /threads/runs": "threads.create_and_run",
        "POST /invoices/{id}/mark_uncollectible": "invoices.mark_uncollectible",
        "POST /chat.postMessage": "chat.post_message",
        "GET /getMe": "users.get_me",
    }


def test_ids_that_spell_method_and_path_give_no_names() -> None:
    api = api_of(paths={
        "/files/{file_id}": operation("get", "get_files_id") | operation("put", "put_files_id"),
        "/files/{file_id}#add_shared_link": operation("put", "put_files_id#add_shared_link"),
        "/folders": operation("post", "post_folders"),
        "/folders/{folder_id}": operation("put", "put_folders_id")
        | operation("post", "post_folders_id", summary="Restore folder"),
        "/notes": operation("post", "post_notes"),
        "/notes/{note_id}": operation("put", "put_notes_id") | operation("post", "post_notes_id", summary="A long story"),
        "/shared#folders": operation("get", "get_shared#folders"),
        "/tokens": operation("post", "post_tokens"),
        "/tokens#refresh": operation("post", "post_tokens#refresh"),
    })  # fmt: skip
    assert {o.key: o.dotted for o in api.operations.values()} == {
        "GET /files/{}": "files.retrieve",
        "PUT /files/{}": "files.update",
        "PUT /files/{}#add_shared_link": "files.add_shared_link",
        "POST /folders": "folders.create",
        "PUT /folders/{}": "folders.update",
        "POST /folders/{}": "folders.restore",
        "POST /notes": "notes.create",
        "PUT /notes/{}": "notes.update",
        "POST /notes/{}": "notes.create_by_note_id",
        "GET /shared#folders": "shared.retrieve_folders",
        "POST /tokens": "tokens.create",
        "POST /tokens#refresh": "tokens.refresh",
    }


def test_the_start_of_a_path_can_be_named() -> None:
    found = Diagnostics()
    api = api_of(
        paths={
            "/v1/threads": operation("post", "createThread"),
            "/v1/threads/{id}/runs/{run}": operation("delete", "deleteRun"),
            "/v1/threadsafe": operation("post", "createSafe"),
            "/v1/users/{id}/keys": operation("post", "createKey"),
        },
        options=BuildOptions(
            resources={"/threads": "beta.threads", "/users": "admin", "/v1/users/{}/keys": "keys", "/gone": "x"}
        ),
        diagnostics=found,
    )
    assert names(api) == {
        "POST /v1/threads": "beta.threads.create",
        "DELETE /v1/threads/{id}/runs/{run}": "beta.threads.runs.delete",
        "POST /v1/threadsafe": "threadsafe.create",
        "POST /v1/users/{id}/keys": "keys.create",
    }
    assert [d.message for d in found.items if d.code == "unknown-rename"] == [
        "the configuration names '/gone', with which no path begins"
    ]


def test_a_name_can_be_given() -> None:
    found = Diagnostics()
    api = api_of(
        paths={"/x/y": operation("post", "doIt")},
        options=BuildOptions(renames={"doIt": "jobs.start", "gone": "a.b"}),
        diagnostics=found,
    )
    assert names(api) == {"POST /x/y": "jobs.start"}
    assert [d.code for d in found.items] == ["unknown-rename"]


def test_no_operation_is_lost_when_ids_repeat_or_are_absent() -> None:
    found = Diagnostics()
    api = api_of(
        paths={"/a": operation("get", "x"), "/b": operation("get", "x"), "/c": operation("get")}, diagnostics=found
    )
    assert set(api.operations) == {"x", "x2", "get_c"}
    assert [d.code for d in found.items] == ["duplicate-operation"]


def envelope(**more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"data": {"type": "array", "items": ref("Item")}, **more}}


def query(*params: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"name": n, "in": "query", "schema": {"type": t}} for n, t in params]


@pytest.mark.parametrize(
    ("schema", "parameters", "style", "member", "next"),
    [
        (
            envelope(has_more={"type": "boolean"}, last_id={"type": "string"}),
            query(("after", "string"), ("limit", "integer")),
            PageStyle.CURSOR,
            "after",
            ("last_id",),
        ),
        (
            envelope(has_more={"type": "boolean"}),
            query(("starting_after", "string")),
            PageStyle.CURSOR,
            "starting_after",
            (),
        ),
        (
            envelope(next_cursor={"type": ["string", "null"]}),
            query(("cursor", "string")),
            PageStyle.CURSOR,
            "cursor",
            ("next_cursor",),
        ),
        (envelope(total_pages={"type": "integer"}), query(("page", "integer")), PageStyle.PAGE, "page", ()),
        (
            {"type": "array", "items": ref("Item")},
            query(("page", "integer"), ("per_page", "integer")),
            PageStyle.PAGE,
            "page",
            (),
        ),
        (envelope(), query(("offset", "integer")), PageStyle.OFFSET, "offset", ()),
        (envelope(object={"const": "list"}), [], PageStyle.SINGLE, "", ()),
    ],
)
def test_pages_are_recognised(
    schema: Any, parameters: Any, style: PageStyle, member: str, next: tuple[str, ...]
) -> None:
    api = api_of(
        {"Item": {"type": "object", "properties": {"id": {"type": "string"}}}},
        {"/items": get(schema, parameters=parameters)},
    )
    (op,) = api.operations.values()
    assert op.pagination is not None
    assert (op.pagination.style, op.pagination.request_member, op.pagination.next_cursor) == (style, member, next)
    assert op.pagination.item_type == Ref(component("Item"))


def test_pages_can_be_denied() -> None:
    api = api_of({"Item": {}}, {"/items": get(envelope(object={"const": "list"}), **{"x-polyport-pagination": False})})
    (op,) = api.operations.values()
    assert op.pagination is None


def test_a_resource_takes_the_docs_of_the_tag_with_its_whole_name() -> None:
    api = api_of(
        paths={"/chat/completions": operation("post", "a"), "/completions": operation("post", "b")},
        tags=[{"name": "Completions", "description": "Texts."}, {"name": "Chat completions", "description": "Talks."}],
    )
    assert {r.path: r.docs.description for r in api.root.walk() if r.operations} == {
        (("chat",), ("completions",)): "Talks.",
        (("completions",),): "Texts.",
    }


def test_a_fragment_tells_calls_apart_and_is_not_sent() -> None:
    asked = {"name": "Action", "in": "query", "required": True, "schema": {"type": "string", "enum": ["Go"]}}
    paths = {f"/#Action={a}": operation("get", a, parameters=[asked]) for a in ("Go", "Stop")}
    found = Diagnostics()
    api = api_of(paths=paths, diagnostics=found)
    assert [(o.path, o.key) for o in api.operations.values()] == [
        ("/", "GET /#Action=Go"), ("/", "GET /#Action=Stop"),
    ]  # fmt: skip
    assert {d.code for d in found.items} == {"path"}


def test_names_that_look_like_numbers_are_names() -> None:
    asked = {"name": 1, "in": "query", "schema": {"type": "string"}}
    paths = {"/a": operation("get", parameters=[asked], tags=[2], summary=3) | {"x-a": 1}}
    paths["/a"]["get"]["operationId"] = 404
    api = api_of(paths=paths, info={"title": 2020, "version": 1.5})
    call = api.operations["404"]
    assert (api.title, api.version, call.tags, call.docs.summary) == ("2020", "1.5", ("2",), "3")
    assert [p.wire_name for p in call.parameters] == ["1"]
