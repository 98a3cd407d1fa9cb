"""How a server ends: what was begun is finished, and nobody holds it up."""

from __future__ import annotations

import socket
import threading

from deploy import serving
from tests.deploy.slow import LOOPBACK, Slow, get


def test_what_was_begun_is_finished_and_nothing_else_is_begun() -> None:
    slow, stop, answers = Slow(), threading.Event(), list[int]()
    with serving.listening(LOOPBACK, setting="HERE") as listener:
        port = serving.port_of(listener)
        server = threading.Thread(target=serving.serve, args=(slow.app, listener, stop))
        client = threading.Thread(target=lambda: answers.append(get(port, "/slow").status))
        server.start()
        client.start()
        assert slow.begun.wait(10)

        stop.set()
        for refused in _connecting(port):
            refused.close()
        slow.let_go.set()
        client.join(10)
        server.join(10)

    assert answers == [200]
    assert slow.ended
    assert not server.is_alive()


def test_who_is_being_accepted_at_the_end_does_not_hold_it_up() -> None:
    for _ in range(6):
        slow, stop = Slow(), threading.Event()
        with serving.listening(LOOPBACK, setting="HERE") as listener:
            server = threading.Thread(target=serving.serve, args=(slow.app, listener, stop))
            server.start()
            get(serving.port_of(listener), "/who")

            stop.set()
            clients = _connecting(serving.port_of(listener))
            server.join(5)

            assert not server.is_alive()
            for client in clients:
                client.close()


def _connecting(port: int) -> list[socket.socket]:
    """One connection after another until nobody listens; the last of them."""
    clients = list[socket.socket]()
    while True:
        try:
            clients.append(socket.create_connection(("127.0.0.1", port)))
        except OSError:
            return clients
        if len(clients) > 20:
            clients.pop(0).close()
