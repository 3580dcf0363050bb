// SPDX-License-Identifier: Apache-2.0
#include "open_source.h"

#include <fmt/core.h>

#include <chrono>
#include <thread>
#include <utility>

#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/session/open_source.h"

namespace kata {

std::unique_ptr<PatientSource> open_patiently(const std::string& spec) {
  constexpr auto kRetry = std::chrono::milliseconds(500);
  for (bool is_told = false;; is_told = true) {
    try {
      return std::make_unique<PatientSource>([spec] { return open_source(spec); });
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kUnavailable) throw;
      if (!is_told) fmt::print(stderr, "{}; trying again, Ctrl-C ends\n", error.what());
    }
    std::this_thread::sleep_for(kRetry);
    if (Interrupt::token().stop_requested()) {
      throw Error(ErrorCode::kCancelled, "stopped before the camera answered: " + spec);
    }
  }
}

std::future<std::unique_ptr<Landmarker>> load_landmarker(LandmarkerOptions options,
                                                         const SourceDescription& source) {
  return std::async(std::launch::async, [options = std::move(options), source] {
    return landmarker_for(source, options);
  });
}

void OutageNotes::look() {
  const std::string problem = source_.problem();
  if (problem == told_) return;
  if (problem.empty()) {
    fmt::print(stderr, "the camera is back: {}\n", source_.describe().name);
  } else if (told_.empty()) {
    fmt::print(stderr, "{}; trying again\n", problem);
  }
  told_ = problem;
}

}  // namespace kata
