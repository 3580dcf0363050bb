// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/worker_pool.h"

#include <poll.h>
#include <sys/prctl.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <deque>
#include <map>
#include <memory>
#include <sstream>
#include <utility>

#include "kata/archive/worker_process.h"
#include "kata/core/error.h"

namespace kata {
namespace {

constexpr int kTick_ms = 100;
constexpr int kMostDeaths = 2;  // the first may have been the machine's fault
constexpr char kProblem = '!';

constexpr std::array kStates = {
    std::pair{UnitState::kSkipped, "skipped"}, std::pair{UnitState::kDone, "done"},
    std::pair{UnitState::kFailed, "failed"}, std::pair{UnitState::kWaits, "waits"},
    std::pair{UnitState::kStopped, "stopped"}};

std::string name_of(UnitState state) {
  for (const auto& [each, name] : kStates)
    if (each == state) return name;
  return {};
}

WorkerReport report_from(const std::string& line) {
  std::istringstream words(line);
  WorkerReport report;
  std::string state;
  words >> report.unit >> state >> report.frames;
  for (const auto& [each, name] : kStates)
    if (state == name) report.state = each;
  return report;
}

/// One place of the pool: a process and the unit that it works on.
struct Place {
  std::unique_ptr<WorkerProcess> process;
  const ArchiveUnit* unit = nullptr;
};

class Pool {
 public:
  Pool(const std::vector<const ArchiveUnit*>& units, const PoolOptions& options)
      : options_(options), left_(units.begin(), units.end()) {
    places_.resize(static_cast<std::size_t>(options.jobs));
  }

  void run(const std::stop_token& stop) {
    while (hand_out()) {
      wait_for_answers();
      if (stop.stop_requested()) return end();
    }
  }

 private:
  /// False when nothing is left and nobody works.
  bool hand_out() {
    bool is_busy = false;
    for (Place& place : places_) {
      if (place.unit == nullptr && !left_.empty()) {
        if (!place.process) place.process = std::make_unique<WorkerProcess>(options_.command);
        place.unit = left_.front();
        left_.pop_front();
        place.process->tell(place.unit->id + "\n");  // a dead one shows when it is read
      }
      is_busy |= place.unit != nullptr;
    }
    return is_busy;
  }

  void wait_for_answers() {
    std::vector<pollfd> waiting;
    std::vector<Place*> whose;
    for (Place& place : places_) {
      if (place.unit == nullptr) continue;
      waiting.push_back({place.process->answers(), POLLIN, 0});
      whose.push_back(&place);
    }
    if (::poll(waiting.data(), waiting.size(), kTick_ms) <= 0) return;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      const bool lives = whose[i]->process->read();
      while (const auto line = whose[i]->process->line()) take(*whose[i], *line);
      if (!lives) bury(*whose[i]);
    }
  }

  void take(Place& place, const std::string& line) {
    if (line.starts_with(kProblem)) {
      end();
      throw StorageProblem(line.substr(1));
    }
    options_.on_report(report_from(line));
    place.unit = nullptr;
  }

  void bury(Place& place) {
    const int signal = place.process->wait();
    place.process.reset();
    const ArchiveUnit* unit = std::exchange(place.unit, nullptr);
    if (unit == nullptr) return;
    if (++deaths_[unit] < kMostDeaths) {
      left_.push_front(unit);
    } else {
      options_.on_death(*unit, signal);
      options_.on_report({unit->id, UnitState::kFailed, 0});
    }
  }

  void end() {
    for (Place& place : places_)
      if (place.process) place.process->stop();
    places_.clear();
  }

  const PoolOptions& options_;
  std::deque<const ArchiveUnit*> left_;
  std::vector<Place> places_;
  std::map<const ArchiveUnit*, int> deaths_;
};

}  // namespace

std::string worker_line(const ArchiveUnit& unit, const UnitResult& result) {
  return unit.id + " " + name_of(result.state) + " " + std::to_string(result.record.frames);
}

void run_in_processes(const std::vector<const ArchiveUnit*>& units, const PoolOptions& options,
                      std::stop_token stop) {
  Pool(units, options).run(stop);
}

void serve_units(UnitRunner& runner, std::FILE* in, std::FILE* out, std::stop_token stop) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // whoever killed the parent wanted no work to go on
  std::map<std::string, const ArchiveUnit*> units;
  for (const ArchiveUnit& unit : runner.plan()) units.emplace(unit.id, &unit);
  std::array<char, 64> id{};
  while (!stop.stop_requested() && std::fgets(id.data(), id.size(), in) != nullptr) {
    std::string name(id.data());
    if (!name.empty() && name.back() == '\n') name.pop_back();
    const auto unit = units.find(name);
    if (unit == units.end()) return;
    std::string answer;
    try {
      answer = worker_line(*unit->second, runner.run(*unit->second, stop));
    } catch (const StorageProblem& problem) {
      answer = kProblem + std::string(problem.what());
    }
    std::fprintf(out, "%s\n", answer.c_str());
    std::fflush(out);
  }
}

}  // namespace kata
