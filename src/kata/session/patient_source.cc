// SPDX-License-Identifier: Apache-2.0
#include "kata/session/patient_source.h"

#include <algorithm>
#include <utility>

#include "kata/core/error.h"

namespace kata {

PatientSource::PatientSource(Open open, const PatientOptions& options)
    : open_(std::move(open)),
      options_(options),
      source_(open_()),
      description_(source_->describe()) {}

std::optional<Frame> PatientSource::next() {
  while (!cancelled_.stop_requested()) {
    try {
      auto frame = next_of_source();
      note({});
      if (!frame) return std::nullopt;
      return in_one_stream(std::move(*frame));
    } catch (const Error& error) {
      // A camera that is plugged in again is not found, then without permission, then busy.
      const bool may_come_back = error.code() == ErrorCode::kUnavailable ||
                                 error.code() == ErrorCode::kNotFound ||
                                 error.code() == ErrorCode::kIo;
      if (!description_.is_live || !may_come_back) throw;
      if (source_) {
        ++failures_;
        set_source(nullptr);  // a device that is still open does not get its old name back
      }
      note(error.what());
      if (has_waited_enough()) throw;
    }
    if (!wait_for_retry()) break;
  }
  return std::nullopt;
}

std::optional<Frame> PatientSource::next_of_source() {
  if (!source_) {
    set_source(open_());
    is_reopened_ = true;
  }
  return source_->next();
}

Frame PatientSource::in_one_stream(Frame frame) {
  const auto now = SteadyClock::now();
  if (std::exchange(is_reopened_, false) && last_) {
    const auto silence = std::chrono::duration_cast<Duration>(now - last_arrived_);
    offset_ = *last_ + std::max(silence, Duration(1)) - frame.timestamp;
  }
  last_arrived_ = now;
  frame.timestamp += offset_;
  frame.index = delivered_++;
  last_ = frame.timestamp;
  return frame;
}

void PatientSource::set_source(std::unique_ptr<FrameSource> source) {
  const std::lock_guard lock(mutex_);
  source_.swap(source);
}

void PatientSource::cancel() {
  cancelled_.request_stop();
  const std::lock_guard lock(mutex_);
  if (source_) source_->cancel();
}

bool PatientSource::wait_for_retry() {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, cancelled_.get_token(), options_.retry, [] { return false; });
  return !cancelled_.stop_requested();
}

bool PatientSource::has_waited_enough() const {
  return options_.longest && SteadyClock::now() - last_arrived_ >= *options_.longest;
}

void PatientSource::note(const std::string& problem) {
  const std::lock_guard lock(mutex_);
  problem_ = problem;
}

std::string PatientSource::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

std::vector<std::string> PatientSource::warnings() const {
  std::vector<std::string> warnings = source_ ? source_->warnings() : std::vector<std::string>();
  if (failures_ > 0) {
    // The last time it did not come back where there is no source now.
    const int opened_again = source_ ? failures_.load() : failures_ - 1;
    if (opened_again > 0) {
      warnings.push_back("the camera failed " + std::to_string(opened_again) +
                         (opened_again == 1 ? " time" : " times") +
                         " and was opened again: " + description_.name);
    }
  }
  return warnings;
}

}  // namespace kata
