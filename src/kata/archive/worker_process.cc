// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/worker_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "kata/core/error.h"

extern char** environ;

namespace kata {
namespace {

void close_end(int& end) {
  if (end >= 0) ::close(std::exchange(end, -1));
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& command) {
  std::array<int, 2> in{-1, -1};
  std::array<int, 2> out{-1, -1};
  int problem = 0;
  if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) problem = errno;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  if (problem == 0)
    problem = ::posix_spawn(&pid_, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close_end(in[0]);
  close_end(out[1]);
  in_ = in[1];
  out_ = out[0];
  if (problem == 0) return;
  close_end(in_);
  close_end(out_);
  throw Error(ErrorCode::kIo, std::string("no process can be started (") + std::strerror(problem) +
                                  "): " + command.front());
}

WorkerProcess::~WorkerProcess() {
  close_end(in_);
  close_end(out_);
  wait();
}

bool WorkerProcess::tell(const std::string& line) {
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t count = ::write(in_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool WorkerProcess::read() {
  std::array<char, 4096> block{};
  const ssize_t count = ::read(out_, block.data(), block.size());
  if (count < 0 && errno == EINTR) return true;
  if (count > 0) said_.append(block.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<std::string> WorkerProcess::line() {
  const std::size_t end = said_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string first = said_.substr(0, end);
  said_.erase(0, end + 1);
  return first;
}

int WorkerProcess::wait() {
  if (pid_ < 0) return 0;
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

void WorkerProcess::stop() const {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
}

}  // namespace kata
