"""A pseudo-terminal behind a link that can stall: python3 link.py COLUMNS ROWS FILE ARGS...

What the program writes comes out on stdout, as fast as it is asked for. Commands on stdin, a line each: "w HEX" types, "r COLUMNS ROWS"
resizes, "b N" reads at most N bytes a second (0: none at all, -1: as they come). On descriptor 3: "pid N", then "exit CODE SIGNAL".
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

columns, rows, file, *args = sys.argv[1:]
pid, master = pty.fork()
if pid == 0:
    os.close(3)
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))
    os.execvp(file, [file, *args])

os.write(3, b'pid %d\n' % pid)
rate = -1
allowance = 0.0
last = time.monotonic()
commands = b''
is_open = True
while is_open:
    now = time.monotonic()
    allowance = min(allowance + max(rate, 0) * (now - last), max(rate, 0) / 10)
    last = now
    room = 65536 if rate < 0 else int(allowance)
    ready, _, _ = select.select([0] + ([master] if room > 0 else []), [], [], 0.02)
    if rate == 0 and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        # Nothing is read, so nothing else would tell that the program has ended.
        break
    if 0 in ready:
        got = os.read(0, 65536)
        if not got:
            break
        *lines, commands = (commands + got).split(b'\n')
        for line in lines:
            name, *values = line.split()
            if name == b'w':
                os.write(master, bytes.fromhex(values[0].decode()))
            elif name == b'r':
                fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', int(values[1]), int(values[0]), 0, 0))
            elif name == b'b':
                rate = int(values[0])
    if master in ready:
        try:
            data = os.read(master, room)
        except OSError:
            data = b''
        if not data:
            is_open = False
        allowance -= len(data)
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

os.close(master)
_, status = os.waitpid(pid, 0)
try:
    os.write(3, b'exit %d %d\n' % (os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 0, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0))
except BrokenPipeError:
    pass  # Nobody asks any more.
