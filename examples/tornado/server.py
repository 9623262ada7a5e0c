import asyncio
import os

import tornado.web
import tornado.websocket

VERSION = "1"


class Page(tornado.web.RequestHandler):
    async def get(self, seconds: str = "0") -> None:
        await asyncio.sleep(float(seconds))
        self.write(VERSION)

    def post(self) -> None:
        self.write(str(len(self.request.body)))


class Health(tornado.web.RequestHandler):
    def get(self) -> None:
        self.write("ok")


class Echo(tornado.websocket.WebSocketHandler):
    def on_message(self, message: str) -> None:
        self.write_message(message)


async def main() -> None:
    app = tornado.web.Application(
        [("/", Page), (r"/after/([\d.]+)", Page), ("/health", Health), ("/echo", Echo)]
    )
    app.listen(int(os.environ.get("PORT", "8888")), "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
