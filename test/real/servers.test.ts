import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { freePort, openHouse } from '../support/decant.ts';
import { committed } from '../support/git-repository.ts';

/** Servers that somebody declared, with the packages that they need and nobody declared. */

const house = openHouse();
afterAll(() => house.close());

it('the worker class of a Dockerfile serves, WebSockets too, in one process where the app is one', async () => {
  const folder = house.copy('examples/hello');
  const texts = {
    'app.py':
      'from flask import Flask\nfrom flask_socketio import SocketIO\napp = Flask(__name__)\nio = SocketIO(app)\n\n\n@app.get("/")\ndef index():\n    return io.async_mode\n',
    'requirements.txt': 'flask\nflask-socketio\n',
    Dockerfile:
      'FROM python:3\nCOPY . .\nCMD ["gunicorn", "-k", "eventlet", "-w", "4", "--timeout", "90", "app:app"]\n',
  };
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(folder, path), text);
  committed(folder);

  const port = await freePort();
  const { code, result, stderr } = await house.decant(['up', folder, '--port', String(port)]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(result.assumed).toEqual(
    expect.arrayContaining([
      'worker class eventlet (Dockerfile:3)',
      'gunicorn --timeout 90 (Dockerfile:3)',
      '-w 4 is left out: what is at app.py:4 works in one process only (Dockerfile:3)',
    ]),
  );
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('eventlet');
  expect(await handshake(port, '/socket.io/?EIO=4&transport=websocket')).toBe('HTTP/1.1 101 Switching Protocols');
});

/** The first line of the answer to a WebSocket's request. */
function handshake(port: number, path: string): Promise<string> {
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`),
    );
    socket.on('error', reject).once('data', data => {
      socket.destroy();
      resolve(data.toString().split('\r\n')[0] ?? '');
    });
  });
}
