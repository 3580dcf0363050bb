// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "kata/core/error.h"
#include "kata/infer/model_folder.h"
#include "kata/infer/network.h"
#include "tests/support/temp_folder.h"

namespace kata {
namespace {

void write(const std::filesystem::path& path, const char* text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

TEST(ModelFolder, PrefersWhatWasAsked) { EXPECT_EQ(model_folder("/somewhere"), "/somewhere"); }

TEST(ModelFile, LiesFlatOrAsInThePackage) {
  const test::TempFolder folder;
  write(folder / "flat.tflite", "x");
  write(folder / "mediapipe/modules/hand_landmark/deep.tflite", "x");
  EXPECT_EQ(model_file(folder.path(), "flat"), folder / "flat.tflite");
  EXPECT_EQ(model_file(folder.path(), "deep"),
            folder / "mediapipe/modules/hand_landmark/deep.tflite");
}

TEST(ModelFile, ThatIsMissingIsNamedWithTheRemedy) {
  const test::TempFolder folder;
  try {
    model_file(folder.path(), "absent");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kNotFound);
    EXPECT_NE(std::string(error.what()).find("absent.tflite"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("./dev setup"), std::string::npos);
  }
}

TEST(Engine, RefusesAFileThatIsNoNetwork) {
  const test::TempFolder folder;
  write(folder / "broken.tflite", "this is no network");
  Engine engine({});
  try {
    engine.load(folder / "broken.tflite");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorrupt);
  }
}

TEST(Network, KeepsTheChosenOutputsAndTheirValues) {
  Engine engine({});
  const auto file = model_file(model_folder(), "hand_landmark_full");
  Network whole = engine.load(file);
  NetworkOptions options;
  options.outputs = {3, 1};
  Network part = engine.load(file, options);
  Inference a = whole.make_inference();
  Inference b = part.make_inference();
  std::fill(a.input().begin(), a.input().end(), 0.3f);
  std::fill(b.input().begin(), b.input().end(), 0.3f);
  a.run();
  b.run();
  ASSERT_EQ(b.output(0).size(), 63u);
  EXPECT_EQ(b.output(0)[5], a.output(3)[5]);
  EXPECT_EQ(b.output(1)[0], a.output(1)[0]);
}

TEST(Inference, RunsBesideAnotherOfTheSameNetwork) {
  Engine engine({});
  NetworkOptions options;
  options.parallel = 2;
  Network network = engine.load(model_file(model_folder(), "hand_recrop"), options);
  Inference a = network.make_inference();
  Inference b = network.make_inference();
  std::fill(a.input().begin(), a.input().end(), 0.1f);
  std::fill(b.input().begin(), b.input().end(), 0.9f);
  a.start();
  b.start();
  a.wait();
  b.wait();
  const float together = a.output(0)[0];
  EXPECT_NE(together, b.output(0)[0]);
  a.run();
  EXPECT_EQ(a.output(0)[0], together);
}

}  // namespace
}  // namespace kata
