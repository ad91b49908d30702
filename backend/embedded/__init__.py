"""PostgreSQL and Redis from wheels, for a newcomer and for the tests; production gives URLs."""

from dataclasses import dataclass
from pathlib import Path

from backend.embedded.postgres import Postgres
from backend.embedded.processes import EmbeddedError
from backend.embedded.redis import Redis

__all__ = ["EmbeddedError", "Postgres", "Redis", "Servers"]


@dataclass(frozen=True, slots=True)
class Servers:
    """Both servers, with all they keep under one folder."""

    postgres: Postgres
    redis: Redis

    @classmethod
    def start(cls, data: Path, *, durable: bool = True) -> "Servers":
        """Start both and wait until they answer; what a killed parent left running is ended first.

        With `durable=False` a commit does not wait for the disk: for tests, whose data nobody will miss.
        Raises EmbeddedError with one line that says what to do.
        """
        data = data.absolute()
        data.mkdir(mode=0o711, parents=True, exist_ok=True)
        servers = cls(Postgres(data, durable=durable), Redis(data, durable=durable))
        try:
            servers.postgres.start()
            servers.redis.start()
        except BaseException:
            servers.stop()
            raise
        return servers

    @property
    def database_url(self) -> str:
        return self.postgres.url

    @property
    def redis_url(self) -> str:
        return self.redis.url

    def stop(self) -> None:
        self.redis.stop()
        self.postgres.stop()
