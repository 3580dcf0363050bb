// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace kata {

/// A program that answers lines with lines. It ends when its input does.
class WorkerProcess {
 public:
  /// Throws Error{kIo} when it cannot be started.
  explicit WorkerProcess(const std::vector<std::string>& command);
  ~WorkerProcess();  ///< asks it to end and waits
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// False when it can take nothing more: it has died, or is dying.
  bool tell(const std::string& line);
  /// To wait for with poll().
  int answers() const { return out_; }
  /// Takes in what it has said; false at the end, when it has ended.
  bool read();
  /// The next whole line that was taken in.
  std::optional<std::string> line();
  /// After the end: the signal that killed it, 0 where it ended by itself.
  int wait();
  /// Asks it to stop at once.
  void stop() const;

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string said_;
};

}  // namespace kata
