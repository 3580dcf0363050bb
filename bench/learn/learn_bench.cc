// SPDX-License-Identifier: Apache-2.0
// How long learning a craft and judging a repetition takes:
//   learn_bench CRAFT    on one processor: nothing here uses a second thread
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "bench/figure.h"
#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/learn/judge.h"

namespace {

using kata::bench::Better;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

void measure(const std::vector<kata::Repetition>& repetitions) {
  const auto with_report = Clock::now();
  kata::train_judge(repetitions);
  kata::bench::print_figure("training and honest report", seconds_since(with_report), "s",
                            Better::kLower);
  std::vector<double> alone_s;
  kata::Trained trained;
  for (int run = 0; run < 5; ++run) {
    const auto start = Clock::now();
    trained = kata::train_judge(repetitions, {.with_report = false});
    alone_s.push_back(seconds_since(start));
  }
  kata::bench::print_figure("training alone", median(alone_s), "s", Better::kLower);
  std::vector<double> verdict_ms;
  for (int run = 0; run < 5; ++run) {
    for (const kata::Repetition& repetition : repetitions) {
      const auto start = Clock::now();
      trained.judge->judge(repetition.frames);
      verdict_ms.push_back(1000 * seconds_since(start));
    }
  }
  kata::bench::print_figure("one verdict", median(verdict_ms), "ms", Better::kLower);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("learn_bench CRAFT\n", stderr);
    return 2;
  }
  try {
    measure(kata::Craft::open(arguments[1], kata::Craft::Access::kRead).repetitions());
  } catch (const kata::Error& error) {
    std::fprintf(stderr, "kata: %s\n", error.what());
    return 1;
  }
}
