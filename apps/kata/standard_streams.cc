// SPDX-License-Identifier: Apache-2.0
#include "standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <utility>

namespace kata {
namespace {

struct Guard {
  std::function<void()> on_reader_gone;
  std::atomic<int> failure = 0;
};

Guard& guard() {
  static Guard instance;
  return instance;
}

/// 0 or what went wrong, an errno.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ::ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

/// What has failed once is not tried again. The library is told that all went well.
::ssize_t write_out(void*, const char* bytes, std::size_t count) {
  if (guard().failure != 0) return static_cast<::ssize_t>(count);
  const int failure = write_all(STDOUT_FILENO, {bytes, count});
  int none = 0;
  if (failure != 0 && guard().failure.compare_exchange_strong(none, failure) && failure == EPIPE) {
    guard().on_reader_gone();
  }
  return static_cast<::ssize_t>(count);
}

::ssize_t write_error(void*, const char* bytes, std::size_t count) {
  write_all(STDERR_FILENO, {bytes, count});
  return static_cast<::ssize_t>(count);
}

std::FILE* stream_of(cookie_write_function_t* write, int mode) {
  cookie_io_functions_t functions{};
  functions.write = write;
  std::FILE* stream = ::fopencookie(nullptr, "w", functions);
  if (stream != nullptr) std::setvbuf(stream, nullptr, mode, BUFSIZ);
  return stream;
}

/// A file that is opened must never become the stdout of a program that was started without one.
void open_missing_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    const int opened = ::open("/dev/null", descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    if (opened >= 0 && opened != descriptor) ::close(opened);
  }
}

}  // namespace

void guard_standard_streams(std::function<void()> on_reader_gone) {
  open_missing_descriptors();
  guard().on_reader_gone = std::move(on_reader_gone);
  const bool is_terminal = ::isatty(STDOUT_FILENO) == 1;
  if (std::FILE* out = stream_of(write_out, is_terminal ? _IOLBF : _IOFBF)) stdout = out;
  if (std::FILE* error = stream_of(write_error, _IONBF)) stderr = error;
}

int standard_output_failure() {
  std::fflush(stdout);
  return guard().failure;
}

}  // namespace kata
