// SPDX-License-Identifier: Apache-2.0
#include "kata/session/camera_tab.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr std::string_view kUnknown = "that did not work; the program's log says why";
constexpr std::size_t kMostFramesOfATake = 18000;  // five minutes at 60 Hz
constexpr double kLongestStream_s = 7 * 24 * 3600.0;
/// A take with a longer hole in it would be cut across the hole.
constexpr Duration kLongestGap = std::chrono::seconds(3);

std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kNotEnough:
      return "not_enough";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kInvalidArgument:
      return "invalid";
    default:
      return "failed";
  }
}

/// What a stranger may read: sentences about their own request, but none that names a file.
std::string text_for_tab(const Error& error) {
  switch (error.code()) {
    case ErrorCode::kNotFound:
      return "there is no such craft, or it has not been trained yet";
    case ErrorCode::kNotEnough:
    case ErrorCode::kInvalidArgument:
      return error.what();
    case ErrorCode::kUnavailable:
      return "it is busy; try again in a moment";
    default:
      return std::string(kUnknown);
  }
}

}  // namespace

CameraTab::CameraTab(Studio& studio, LandmarkerPool& pool, Tell tell)
    : studio_(studio), pool_(pool), tell_(std::move(tell)) {}

CameraTab::~CameraTab() {
  if (recording_) keep_take_of_lost_tab();
}

void CameraTab::handle(const LiveRequest& request) {
  try {
    std::visit([this](const auto& value) { take(value); }, request);
  } catch (const Error& error) {
    tell_(LiveProblem{std::string(code_name(error.code())), text_for_tab(error)});
  } catch (const std::exception&) {
    tell_(LiveProblem{"failed", std::string(kUnknown)});
  }
}

void CameraTab::show(double time_s, const Pixels& pixels) {
  try {
    look_at(time_s, pixels);
  } catch (const Error& error) {
    tell_(LiveProblem{"bad_frame", text_for_tab(error)});
  } catch (const std::exception&) {
    tell_(LiveProblem{"bad_frame", std::string(kUnknown)});
  }
}

void CameraTab::take(const LearnRequest& request) {
  drop_take();
  sitting_.reset();
  learner_.reset();
  SittingOptions options{request.swap_sides, true};
  if (!request.learner.empty()) {
    learner_.emplace(studio_.path(request.craft), request.learner);
    options.remembered = learner_->confirmed();
  }
  sitting_.emplace(studio_.judge(request.craft), options);
  if (learner_) learner_->follow(*sitting_);
  sitting_->on_confirmed([this](std::size_t number, std::optional<Label> label) {
    tell_(LiveConfirmed{number, label});
  });
  tell_(LiveReady{"learn"});
}

void CameraTab::take(const CheckRequest&) {
  sitting_.reset();
  sideways_ = SidewaysNotice();
  drop_take();
  tell_(LiveReady{"check"});
}

void CameraTab::take(const RecordRequest& request) {
  drop_take();
  journal_ = studio_.begin_take(request.craft, request.lesson);
  sitting_.reset();
  sideways_ = SidewaysNotice();
  recording_ = request;
  tell_(LiveReady{"record"});
}

void CameraTab::take(const StopRequest&) {
  if (recording_) finish_take();
}

void CameraTab::take(const CancelRequest&) { drop_take(); }

void CameraTab::take(const ResetRequest&) {
  if (sitting_) sitting_->reset_tally();
}

void CameraTab::take(const ConfirmRequest& request) {
  const std::size_t number =
      request.number == 0 && sitting_ ? sitting_->repetitions() : request.number;
  if (!sitting_ || !sitting_->confirm(number, request.label))
    throw Error(ErrorCode::kNotEnough, "there is no such repetition yet");
}

void CameraTab::take(const UndoRequest&) {
  if (sitting_) sitting_->undo();
}

void CameraTab::take(const ForgetRequest& request) {
  LearnerFile file(studio_.path(request.craft), request.learner);
  const bool is_followed = learner_ && learner_->path() == file.path();
  (is_followed ? *learner_ : file).forget();
  tell_(LiveForgotten{request.learner});
}

void CameraTab::drop_take() {
  recording_.reset();
  take_.clear();
  if (journal_) journal_->discard();
  journal_.reset();
}

void CameraTab::finish_take() {
  const RecordRequest request = *std::exchange(recording_, std::nullopt);
  const auto journal = std::exchange(journal_, nullptr);
  try {
    TakeView view = studio_.store_take(request.craft, request.lesson, std::exchange(take_, {}),
                                       journal->recorded_at());
    journal->discard();
    tell_(LiveTake{std::move(view)});
  } catch (const Error& error) {
    // A take in which nothing is to be found is not worth keeping; any other is found at the next
    // start.
    if (error.code() == ErrorCode::kNotEnough) journal->discard();
    throw;
  }
}

/// While pictures come: what is wrong with the take is not wrong with the picture.
void CameraTab::end_take() {
  try {
    finish_take();
  } catch (const Error& error) {
    tell_(LiveProblem{std::string(code_name(error.code())), text_for_tab(error)});
  }
}

void CameraTab::keep_take_of_lost_tab() noexcept {
  try {
    tell_ = [](LiveReply&&) {};
    finish_take();
  } catch (const std::exception&) {  // nobody is left to be told
  }
}

/// Browsers' clocks are trusted only as far as time goes on.
Timestamp CameraTab::timestamp_of(double time_s) {
  if (!std::isfinite(time_s) || time_s < 0 || time_s > kLongestStream_s) {
    throw Error(ErrorCode::kInvalidArgument, "the picture's time makes no sense");
  }
  Timestamp timestamp = timestamp_from_seconds(time_s);
  if (last_) timestamp = std::max(timestamp, *last_ + Duration(1000));
  last_ = timestamp;
  return timestamp;
}

bool CameraTab::is_take_torn(Timestamp now) const {
  return recording_ && !take_.empty() && now - take_.back().timestamp > kLongestGap;
}

void CameraTab::look_at(double time_s, const Pixels& pixels) {
  const auto begin = std::chrono::steady_clock::now();
  const ImageView image = pixels();
  const Timestamp timestamp = timestamp_of(time_s);
  if (is_take_torn(timestamp)) end_take();
  if (!landmarker_) landmarker_ = pool_.take();
  LiveFrame reply;
  reply.landmarks = landmarker_->detect(image, timestamp);
  std::vector<Verdict> finished;
  if (sitting_) {
    finished = sitting_->step(reply.landmarks);
    reply.coach = LiveCoach{sitting_->update(), sitting_->scene(), sitting_->tally()};
    reply.coach->update.hint = sitting_->hint();  // for as long as it takes to read
  } else {
    reply.is_sideways = sideways_.step(reply.landmarks);
  }
  if (recording_) {
    take_.push_back(reply.landmarks);
    journal_->add(reply.landmarks);
    reply.recorded = static_cast<std::int64_t>(take_.size());
  }
  reply.work_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  const Tally tally = sitting_ ? sitting_->tally() : Tally{};
  for (Verdict& verdict : finished) tell_(LiveVerdict{std::move(verdict), tally});
  tell_(std::move(reply));
  if (recording_ && take_.size() >= kMostFramesOfATake) end_take();
}

}  // namespace kata
