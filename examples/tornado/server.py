import asyncio
import os

import tornado.web
import tornado.websocket

VERSION = "1"
LARGE = os.urandom(1024) * 2048


class Page(tornado.web.RequestHandler):
    async def get(self, seconds: str = "0") -> None:
        await asyncio.sleep(float(seconds))
        self.write(VERSION)


class Large(tornado.web.RequestHandler):
    def get(self) -> None:
        self.write(LARGE)


class Echo(tornado.web.RequestHandler):
    def post(self) -> None:
        self.write(self.request.body)


class Talk(tornado.websocket.WebSocketHandler):
    def on_message(self, message: str) -> None:
        self.write_message(message)


async def main() -> None:
    routes = [("/", Page), (r"/after/([\d.]+)", Page), ("/large", Large), ("/echo", Echo), ("/talk", Talk)]
    tornado.web.Application(routes).listen(int(os.environ.get("PORT", "8888")), "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
