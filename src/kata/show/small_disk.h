// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

#include <csignal>

namespace kata::test {

/// While it lives, writing a file beyond this many bytes fails as on a full disk.
class SmallDisk {
 public:
  explicit SmallDisk(unsigned long bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    ::rlimit small = before_;
    small.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &small);
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    static_cast<void>(std::signal(SIGXFSZ, old_handler_));
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  ::rlimit before_{};
  void (*old_handler_)(int) = nullptr;
};

}  // namespace kata::test
