// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "kata/infer/model_folder.h"
#include "kata/infer/network.h"
#include "tests/support/small_networks.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

/// A network of models/models.json as the landmarkers load it.
struct Case {
  std::string name;
  std::vector<std::size_t> outputs;
  double limit;  ///< of the largest difference, in units of the output (px of the crop, logits)
};

void PrintTo(const Case& one, std::ostream* stream) { *stream << one.name; }

class BesideOpenVino : public ::testing::TestWithParam<Case> {};

double worst_difference(Inference& expected, Inference& found, std::size_t output) {
  const auto a = expected.output(output);
  const auto b = found.output(output);
  EXPECT_EQ(a.size(), b.size());
  double worst = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    worst = std::max(worst, std::abs(double{a[i]} - b[i]));
  return worst;
}

/// Smooth patterns of light, as a photograph is rather than noise.
void fill(std::span<float> picture, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> some(0, 6.28f);
  const float a = some(random), b = some(random), c = some(random);
  for (std::size_t i = 0; i < picture.size(); ++i) {
    const float x = static_cast<float>(i % 768) / 768, y = static_cast<float>(i) / 196608;
    picture[i] = 0.5f + 0.25f * std::sin(a + 9 * x + b * y) + 0.25f * std::cos(c + 7 * y - a * x);
  }
}

TEST_P(BesideOpenVino, ThePortableEngineGivesTheSame) {
  const auto file = model_file(model_folder(), GetParam().name);
  const NetworkOptions options{.outputs = GetParam().outputs};
  Inference expected = Engine({}, EngineKind::kOpenVino).load(file, options).make_inference();
  Inference found = Engine({}, EngineKind::kPortable).load(file, options).make_inference();
  for (const unsigned seed : {1u, 2u, 3u}) {
    fill(expected.input(), seed);
    ASSERT_EQ(found.input().size(), expected.input().size());
    std::copy(expected.input().begin(), expected.input().end(), found.input().begin());
    expected.run();
    found.start();
    found.wait();
    const std::size_t outputs = GetParam().outputs.empty() ? 1 : GetParam().outputs.size();
    for (std::size_t k = 0; k < outputs; ++k) {
      const double worst = worst_difference(expected, found, k);
      RecordProperty("worst_" + std::to_string(seed) + "_" + std::to_string(k),
                     std::to_string(worst));
      EXPECT_LT(worst, GetParam().limit) << "output " << k << ", picture " << seed;
    }
  }
}

TEST(SmallNetworks, GiveTheSameAsOpenVino) {
  const test::TempFolder folder;
  Engine openvino({}, EngineKind::kOpenVino);
  Engine portable({}, EngineKind::kPortable);
  for (const test::SmallNetwork& network : test::small_networks()) {
    const auto file = folder / (network.name + ".tflite");
    std::ofstream(file, std::ios::binary) << network.file;
    Inference expected = openvino.load(file).make_inference();
    Inference found = portable.load(file).make_inference();
    for (std::size_t i = 0; i < expected.input().size(); ++i)
      expected.input()[i] = found.input()[i] = std::sin(static_cast<float>(i));
    expected.run();
    found.run();
    for (std::size_t k = 0; k < network.outputs; ++k)
      EXPECT_LT(worst_difference(expected, found, k), 1e-5) << network.name << ", output " << k;
  }
}

INSTANTIATE_TEST_SUITE_P(Networks, BesideOpenVino,
                         ::testing::Values(Case{"pose_detection", {0, 1}, 0.005},
                                           Case{"pose_landmark_full", {0, 1, 3, 4}, 0.005},
                                           Case{"palm_detection_full", {0, 1}, 0.005},
                                           Case{"hand_landmark_full", {0, 1, 2, 3}, 0.005},
                                           Case{"hand_recrop", {0}, 0.005},
                                           Case{"face_detection_short_range", {0, 1}, 0.005},
                                           Case{"face_landmark", {0, 1}, 0.005}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace kata
