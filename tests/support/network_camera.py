# SPDX-License-Identifier: Apache-2.0
"""A network camera (Motion JPEG over HTTP) of the tests' own, which can go away and come back."""
import socket
import subprocess
import threading
import time

RATE_HZ = 25


def pictures_of(video, seconds):
    """JPEG files of the video's pictures, at the camera's rate."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-t", str(seconds), "-i", str(video), "-r", str(RATE_HZ), "-f",
                           "image2pipe", "-c:v", "mjpeg", "-q:v", "4", "-"], capture_output=True, check=True)
    begin = b"\xff\xd8\xff"
    return [begin + each for each in done.stdout.split(begin)[1:]]


class Camera:
    """Gives the pictures again and again to whoever asks, until close(); open() is the same address again."""

    def __init__(self, pictures):
        self.pictures = pictures
        self.port = 0
        self.listener = None
        self.clients = []
        self.open()

    def open(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.listener.listen()
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/video"

    def close(self):
        """As a cable that is pulled and a camera that restarts: nobody answers any more."""
        for each in [self.listener, *self.clients]:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()
        self.clients = []

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.clients.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            client.recv(4096)
            client.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=next\r\n\r\n")
            begin = time.monotonic()
            number = 0
            while True:
                picture = self.pictures[number % len(self.pictures)]
                client.sendall(b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n"
                               % (len(picture), picture))
                number += 1
                time.sleep(max(0.0, begin + number / RATE_HZ - time.monotonic()))
        except OSError:
            pass
