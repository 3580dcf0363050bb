// SPDX-License-Identifier: Apache-2.0
// Processor time of each network, by both engines in turn, on one thread: infer_bench [SECONDS]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "bench/figure.h"
#include "kata/core/error.h"
#include "kata/infer/model_folder.h"
#include "kata/infer/network.h"

namespace kata {
namespace {

using bench::Better;
using bench::print_figure;

struct Measured {
  const char* name;
  std::vector<std::size_t> outputs;  ///< those that the landmarkers read
};

/// Of the process: another program on the same core does not count.
double processor_ms() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double run_once(Inference& inference) {
  const double begin = processor_ms();
  inference.run();
  return processor_ms() - begin;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void measure(const Measured& network, double seconds) {
  const auto file = model_file(model_folder(), network.name);
  const NetworkOptions options{.outputs = network.outputs};
  Inference openvino = Engine({}, EngineKind::kOpenVino).load(file, options).make_inference();
  Inference portable = Engine({}, EngineKind::kPortable).load(file, options).make_inference();
  std::fill(openvino.input().begin(), openvino.input().end(), 0.4f);
  std::fill(portable.input().begin(), portable.input().end(), 0.4f);
  std::vector<double> ours, theirs;
  const double end = processor_ms() + seconds * 1e3;
  while (processor_ms() < end) {
    theirs.push_back(run_once(openvino));
    ours.push_back(run_once(portable));
  }
  const std::string name = network.name;
  print_figure(name + ", portable", median(ours), "ms", Better::kLower);
  print_figure(name + ", OpenVINO", median(theirs), "ms", Better::kLower);
  print_figure(name + ", portable / OpenVINO", median(ours) / median(theirs), "×", Better::kLower);
}

}  // namespace
}  // namespace kata

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
  try {
    for (const kata::Measured& network :
         std::vector<kata::Measured>{{"pose_detection", {0, 1}},
                                     {"pose_landmark_full", {0, 1, 3, 4}},
                                     {"palm_detection_full", {0, 1}},
                                     {"hand_landmark_full", {0, 1, 2}},
                                     {"hand_recrop", {0}}}) {
      kata::measure(network, seconds);
    }
  } catch (const kata::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
