"""The MCP server: tools with typed arguments and answers, over stdio or streamable HTTP."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import ValidationError

from api.mcp.tools import Tools
from schema.errors import MscevError

if TYPE_CHECKING:
    from mcp.server.mcpserver import Context
    from starlette.applications import Starlette

MAX_BYTES = 400_000
INSTRUCTIONS = (
    "A graph of what named articles say on extracellular vesicles from mesenchymal stem cells. Answers are "
    "claims: report them as what the article says, with place (section, paragraph, sentence) and citations, "
    "and name UNRESOLVED markers and concerns. 'Not stated' means that the articles searched do not say it, "
    "not that it is false. Begin with the tool schema; ids are CURIEs or names. No medical advice."
)
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class _Server(MCPServer[None]):
    """A server whose errors are one line, and whose answers have a largest size."""

    def __init__(self) -> None:
        super().__init__(
            "mscev",
            instructions=INSTRUCTIONS,
            version=version("mscev"),
            log_level="WARNING",
            subscriptions=False,
        )
        self._arguments: dict[str, tuple[str, ...]] = {}

    def take(self, tool: Callable[..., Any]) -> None:
        """Add a tool that reads."""
        self.add_tool(_strict(tool), annotations=_READS, structured_output=True)
        self._arguments[tool.__name__] = tuple(inspect.signature(tool).parameters)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[None, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool; raises `ToolError` of one line."""
        allowed = self._arguments.get(name, ())
        unknown = sorted(set(arguments) - set(allowed))
        if allowed and unknown:
            raise ToolError(f"{name}: unknown argument {unknown[0]!r}; allowed: {', '.join(allowed)}")
        try:
            result = await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(f"{name}: {_line(error.__cause__)}") from error.__cause__
            raise
        if isinstance(result, CallToolResult):
            size = sum(len(part.text.encode()) for part in result.content if isinstance(part, TextContent))
            if size > MAX_BYTES:
                raise ToolError(f"{name}: the answer has {size} bytes, at most {MAX_BYTES}; ask for less")
        return result


def _line(error: ValidationError) -> str:
    told = (
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}"
        for one in error.errors(include_url=False)
    )
    return "; ".join(dict.fromkeys(told)).replace("\n", " ")


def server_of(tools: Tools) -> MCPServer[None]:
    """Return the server of these tools."""
    server = _Server()
    for tool in (
        tools.schema,
        tools.search,
        tools.resolve,
        tools.claims,
        tools.between,
        tools.paths,
        tools.cypher,
        tools.view,
    ):
        server.take(tool)
    return server


def _strict(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Tell errors of ours to the client."""
    if inspect.iscoroutinefunction(tool):

        @wraps(tool)
        async def answer(**arguments: Any) -> Any:
            try:
                return await tool(**arguments)
            except MscevError as error:
                raise ToolError(error.message) from error

        return answer

    @wraps(tool)
    def answer_in_thread(**arguments: Any) -> Any:
        try:
            return tool(**arguments)
        except MscevError as error:
            raise ToolError(error.message) from error

    return answer_in_thread


def http_app(server: MCPServer[None], hosts: Sequence[str]) -> Starlette:
    """Return the server as an application at /mcp; requests that name none of `hosts` are refused."""
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    guarded = "*" not in hosts
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=guarded,
        allowed_hosts=[*hosts, *(f"{host}:*" for host in hosts)],
        allowed_origins=[*origins, *(f"{origin}:*" for origin in origins)],
    )
    return server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=security, max_request_body_size=1 << 18
    )
