# SPDX-License-Identifier: Apache-2.0
"""A Slurm cluster in namespaces of its own: one controller and three hosts, each with a network and a name of its own.

The process that builds it is root in namespaces (see namespaces()) that end with it, so nothing of it outlives the test.
"""
import os
import pathlib
import shutil
import subprocess
import time

HOSTS = ["node1", "node2", "node3"]
SLURMD_TIMEOUT_S = 10
PROGRAMS = ["slurmctld", "slurmd", "munged", "sbatch", "ip", "unshare"]

CONF = """
ClusterName=kata
SlurmctldHost=control(10.77.0.1)
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
CryptoType=crypto/munge
SlurmUser={user}
SlurmdUser={user}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
SlurmdTimeout={timeout}
SlurmctldTimeout=30
MessageTimeout=5
InactiveLimit=0
KillWait=2
MinJobAge=300
ReturnToService=2
JobRequeue=1
SchedulerParameters=batch_sched_delay=0,sched_interval=2
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MailProg=/bin/true
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def why_not():
    """Why there can be no cluster here, in words; None where there can."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin:/sbin") is None]
    if missing:
        return "these programs are not installed: " + ", ".join(missing)
    probe = subprocess.run(namespaces() + ["true"], capture_output=True, text=True)
    if probe.returncode != 0:
        return "namespaces are not allowed here: " + probe.stderr.strip()
    return None


def namespaces():
    user = [] if os.geteuid() == 0 else ["--map-root-user"]
    return ["unshare", *user, "--net", "--mount", "--uts", "--pid", "--mount-proc", "--fork", "--kill-child"]


class Cluster:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.hosts = {}
        self.started = []
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        os.environ["SLURM_CONF"] = str(self.folder / "slurm.conf")

    def run(self, *words, check=True):
        return subprocess.run(words, check=check, capture_output=True, text=True).stdout

    def start(self, words, pid=None):
        enter = ["nsenter", "--target", str(pid), "--net", "--uts", "--"] if pid else []
        log = open(self.folder / (pathlib.Path(words[0]).name + f"-{len(self.started)}.out"), "w")
        self.started.append(subprocess.Popen(enter + list(words), stdout=log, stderr=log, stdin=subprocess.DEVNULL))
        return self.started[-1]

    def build(self):
        for name in ["state", "munge"]:
            (self.folder / name).mkdir(parents=True)
        os.chmod(self.folder / "munge", 0o755)
        (self.folder / "munge/key").write_bytes(os.urandom(128))
        os.chmod(self.folder / "munge/key", 0o600)
        self.run("hostname", "control")
        self.run("ip", "link", "set", "lo", "up")
        self.run("ip", "link", "add", "switch", "type", "bridge")
        self.run("ip", "addr", "add", "10.77.0.1/24", "dev", "switch")
        self.run("ip", "link", "set", "switch", "up")
        for number, host in enumerate(HOSTS, 1):
            holder = subprocess.Popen(["unshare", "--net", "--uts", "sh", "-c", f"hostname {host}; exec sleep infinity"])
            self.hosts[host] = holder.pid
            time.sleep(0.2)
            self.run("ip", "link", "add", f"port{number}", "type", "veth", "peer", "name", "eth0", "netns", str(holder.pid))
            self.run("ip", "link", "set", f"port{number}", "master", "switch", "up")
            inside = ["nsenter", "--target", str(holder.pid), "--net", "--"]
            self.run(*inside, "ip", "link", "set", "lo", "up")
            self.run(*inside, "ip", "addr", "add", f"10.77.0.{10 + number}/24", "dev", "eth0")
            self.run(*inside, "ip", "link", "set", "eth0", "up")
        nodes = "\n".join(f"NodeName={host} NodeAddr=10.77.0.{10 + number} CPUs=1 RealMemory=900 State=UNKNOWN"
                          for number, host in enumerate(HOSTS, 1))
        (self.folder / "slurm.conf").write_text(CONF.format(folder=self.folder, user="root", timeout=SLURMD_TIMEOUT_S, nodes=nodes))
        munge = self.folder / "munge"
        self.start(["munged", "--foreground", "--force", f"--key-file={munge}/key", f"--socket={munge}/socket", f"--pid-file={munge}/pid",
                    f"--log-file={munge}/log", f"--seed-file={munge}/seed", "--num-threads=2"])
        self.wait(lambda: (munge / "socket").exists(), 10, "munge")
        self.start(["slurmctld", "-D", "-i"])
        time.sleep(1)
        for host, pid in self.hosts.items():
            self.start(["slurmd", "-D", "-N", host], pid)
        self.wait(lambda: self.run("sinfo", "-h", "-o", "%T %D", check=False).split() == ["idle", "3"], 30, "the hosts")

    def wait(self, is_true, seconds, what):
        end = time.monotonic() + seconds
        while not is_true():
            if time.monotonic() > end:
                raise SystemExit(f"{what}: not there after {seconds} s\n" + self.run("sinfo", check=False) + self.run("squeue", check=False))
            time.sleep(0.3)

    def cut(self, host):
        self.run("ip", "link", "set", f"port{HOSTS.index(host) + 1}", "down")

