// A stand-in for the front: accepts on descriptor 3, says who it is, holds the lifeline.
import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, Server } from 'node:net';

const run = process.env.DECANT_RUN;
const keeper = JSON.parse(process.env.DECANT_KEEP_ARGV);
const server = createServer((_request, response) => {
  if (server.isLeaving) response.setHeader('Connection', 'close');
  response.end(JSON.stringify({ pid: process.pid, file: process.argv[1], names: Object.keys(process.env) }));
});
const control = createServer((_request, response) => response.end(JSON.stringify({ pid: process.pid })));
control.listen(`${run}/front.${process.pid}`, () =>
  server.listen({ fd: 3 }, () => renameSync(`${run}/front.${process.pid}`, `${run}/front.sock`)),
);

function holdLifeline() {
  const socket = connect(`${run}/keep.sock`, () => socket.write('{"do":"lifeline"}\n'));
  socket.resume();
  socket.on('error', () => undefined);
  socket.on('close', () => setTimeout(startKeeper, 100));
}

function startKeeper() {
  if (server.isLeaving) return;
  spawn(keeper[0], [...keeper.slice(1), '--fd', '3'], { detached: true, stdio: ['ignore', 'ignore', 2, 3] });
  setTimeout(holdLifeline, 500);
}

holdLifeline();
process.on('SIGTERM', () => {
  server.isLeaving = true;
  Server.prototype.close.call(server);
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 300);
});
