// SPDX-License-Identifier: Apache-2.0
#include "open_source.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "interrupt.h"
#include "kata/core/error.h"
#include "kata/session/open_source.h"

namespace kata {

void add_wait(CLI::App& command, double& wait_s) {
  command
      .add_option("--wait", wait_s,
                  "seconds to wait for a camera that gives no picture; then what came until then "
                  "is completed")
      ->check(CLI::Range(0.0, 86400.0))
      ->capture_default_str();
}

std::unique_ptr<PatientSource> open_patiently(const std::string& spec,
                                              std::optional<double> longest_s) {
  constexpr auto kRetry = std::chrono::milliseconds(500);
  const auto begin = std::chrono::steady_clock::now();
  PatientOptions options;
  if (longest_s) options.longest = duration_from_seconds(*longest_s);
  for (bool is_told = false;; is_told = true) {
    try {
      return std::make_unique<PatientSource>([spec] { return open_source(spec); }, options);
    } catch (const Error& error) {
      const bool is_over =
          options.longest && std::chrono::steady_clock::now() - begin >= *options.longest;
      if (error.code() != ErrorCode::kUnavailable || is_over) throw;
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
