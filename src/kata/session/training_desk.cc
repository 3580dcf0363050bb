// SPDX-License-Identifier: Apache-2.0
#include "kata/session/training_desk.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "kata/session/train_craft.h"

namespace kata {
namespace {

constexpr std::ptrdiff_t kMostAtOnce = 2;
constexpr std::size_t kMostCurvePoints = 500;
using Phase = TrainingState::Phase;

}  // namespace

TrainingDesk::~TrainingDesk() {
  for (auto& [id, job] : jobs_) job->stop.request_stop();
}

TrainingState TrainingDesk::state_of(Job& job) {
  const std::lock_guard lock(job.mutex);
  return job.state;
}

void TrainingDesk::start(std::string_view id) {
  if (studio_.is_read_only()) {
    throw Error(ErrorCode::kInvalidArgument,
                "this studio is for learning only; nothing can be changed here");
  }
  const std::filesystem::path path = studio_.path(id);
  const std::lock_guard lock(mutex_);
  if (const auto found = jobs_.find(id);
      found != jobs_.end() && state_of(*found->second).phase == Phase::kRunning) {
    throw Error(ErrorCode::kUnavailable, "this craft is being trained already");
  }
  const auto running = std::ranges::count_if(
      jobs_, [](const auto& each) { return state_of(*each.second).phase == Phase::kRunning; });
  if (running >= kMostAtOnce) {
    throw Error(ErrorCode::kUnavailable, "other crafts are being trained; try again in a moment");
  }
  auto job = std::make_unique<Job>();
  Job* raw = job.get();
  raw->state.phase = Phase::kRunning;
  jobs_.insert_or_assign(std::string(id), std::move(job));
  if (later_) return later_([raw, path] { run(*raw, path); });
  raw->thread = std::jthread([raw, path] { run(*raw, path); });
}

void TrainingDesk::run(Job& job, const std::filesystem::path& craft) {
  TrainingState end;
  TrainOptions options;
  options.on_held_out = [&job](const HeldOut& so_far) {
    const std::lock_guard lock(job.mutex);
    if (job.state.curve.size() < kMostCurvePoints) job.state.curve.push_back(so_far);
  };
  const auto progress = [&job](double done, std::string_view doing) {
    const std::lock_guard lock(job.mutex);
    job.state.done = std::clamp(done, 0.0, 1.0);
    job.state.doing = doing;
  };
  try {
    train_craft(craft, options, progress, job.stop.get_token());
    end.phase = Phase::kDone;
    end.done = 1;
  } catch (const Error& error) {
    end.phase = Phase::kFailed;
    end.code = error.code();
    end.problem = error.what();
  } catch (const std::exception&) {
    end.phase = Phase::kFailed;
    end.code = ErrorCode::kIo;
    end.problem = "training failed for an unknown reason";
  }
  const std::lock_guard lock(job.mutex);
  end.curve = std::move(job.state.curve);
  job.state = std::move(end);
}

void TrainingDesk::stop(std::string_view id) {
  const std::lock_guard lock(mutex_);
  if (const auto found = jobs_.find(id); found != jobs_.end()) found->second->stop.request_stop();
}

TrainingState TrainingDesk::state(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = jobs_.find(id);
  return found == jobs_.end() ? TrainingState{} : state_of(*found->second);
}

}  // namespace kata
