from random import randint

from fastapi import FastAPI, Path

app = FastAPI(title="Dice")


@app.get("/")
async def index() -> dict[str, str]:
    return {"name": "dice", "roll": "/roll/6"}


@app.get("/roll/{sides}")
async def roll(sides: int = Path(ge=2, le=100)) -> dict[str, int]:
    return {"sides": sides, "rolled": randint(1, sides)}


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}
