// An MCP server that passes the official conformance suite: both eras on one endpoint, on loopback.
//   PORT=N node fixture.mjs      serves http://127.0.0.1:N/mcp; without PORT, on a free port
// It prints one line with its address when it is ready.
import { createServer } from 'node:http';
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { LegacySessions } from './fixture/sessions.mjs';
import { createFixture, createModernFixture } from './fixture/server.mjs';
import { taskOnlyTools } from './fixture/task-tools.mjs';
import { refuseWithoutTasks } from './fixture/tasks.mjs';

const changes = {
  tools: () => [modern.notify.toolsChanged(), sessions.each((server) => server.sendToolListChanged())],
  prompts: () => [modern.notify.promptsChanged(), sessions.each((server) => server.sendPromptListChanged())],
};
const modern = createMcpHandler(() => createModernFixture(changes), { legacy: 'reject' });
const sessions = new LegacySessions(() => createFixture(changes));

const mcp = toNodeHandler({
  fetch: async (request, options) => {
    if (await isLegacyRequest(request)) return sessions.fetch(request);
    return (await refuseWithoutTasks(request, taskOnlyTools)) ?? modern.fetch(request, options);
  },
});
const validHost = localhostHostValidation();
const validOrigin = localhostOriginValidation();

const server = createServer((request, response) => {
  if (!validHost(request, response) || !validOrigin(request, response)) return;
  if (new URL(request.url, 'http://fixture').pathname !== '/mcp') return response.writeHead(404).end();
  mcp(request, response);
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`Fixture is ready at http://127.0.0.1:${server.address().port}/mcp`);
});
