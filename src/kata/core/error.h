// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace kata {

enum class ErrorCode {
  kInvalidArgument,  ///< the caller asked for something that makes no sense
  kNotFound,         ///< a file, device, movement or repetition is not there
  kUnavailable,      ///< it is there but does not answer now (camera busy, file locked)
  kUnsupported,      ///< a format or version that this program cannot read
  kCorrupt,          ///< damaged or hostile input
  kNotEnough,        ///< too few repetitions, too few labels
  kIo,               ///< reading or writing failed (disk full, no permission)
  kCancelled,        ///< stopped on request
};

/// Something that was asked for cannot be done; the message is one sentence for a person.
///
/// Say what, where, and what to do; the path last. Normal outcomes (nobody in view, end of
/// stream, "not sure") are never errors: they are in the return types.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

/// Throws std::logic_error: a bug in this program, not a problem of the user's.
[[noreturn]] void fail_check(const char* condition, const char* text, const char* file, int line);

}  // namespace kata

#define KATA_CHECK(condition, text) \
  ((condition) ? static_cast<void>(0) : ::kata::fail_check(#condition, text, __FILE__, __LINE__))
