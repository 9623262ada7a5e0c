"""What a load test needs of an app: a version, an echo, a slow answer and a large one."""

import os
import time

from flask import Flask, Response, request

VERSION = "1"
LARGE = os.urandom(1024) * 2048

app = Flask(__name__)


@app.get("/")
def version() -> str:
    return VERSION


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/echo")
def echo() -> Response:
    return Response(request.get_data(), mimetype="application/octet-stream")


@app.get("/slow")
def slow() -> str:
    time.sleep(float(request.args.get("seconds", 1)))
    return VERSION


@app.get("/large")
def large() -> Response:
    return Response(LARGE, mimetype="application/octet-stream")
