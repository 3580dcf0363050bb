// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

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

/// A model of its own with an empty cache beside it.
class CompiledNetworks : public ::testing::Test {
 protected:
  CompiledNetworks() {
    std::filesystem::copy_file(model_file(model_folder(), "hand_recrop"), model_);
    changed_ = std::filesystem::last_write_time(model_);
  }

  float first_value() {
    Engine engine(cache_);
    Inference inference = engine.load(model_).make_inference();
    std::fill(inference.input().begin(), inference.input().end(), 0.3f);
    inference.run();
    return inference.output(0)[0];
  }

  std::vector<std::filesystem::path> kept() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(cache_))
      files.push_back(entry.path());
    return files;
  }

  /// As large as before and as old as `changed`.
  void spoil_model(std::filesystem::file_time_type changed) {
    const auto size = std::filesystem::file_size(model_);
    std::ofstream(model_, std::ios::binary) << std::string(size, 'x');
    std::filesystem::last_write_time(model_, changed);
  }

  test::TempFolder folder_;
  std::filesystem::path model_ = folder_ / "own.tflite";
  std::filesystem::path cache_ = folder_ / "cache" / "compiled";
  std::filesystem::file_time_type changed_;
};

TEST_F(CompiledNetworks, AreKeptAndTheModelIsNotReadAgain) {
  const float value = first_value();
  ASSERT_EQ(kept().size(), 1u);
  spoil_model(changed_);
  EXPECT_EQ(first_value(), value);
  EXPECT_EQ(kept().size(), 1u);
}

TEST_F(CompiledNetworks, OfAnotherFileAreNotTaken) {
  first_value();
  spoil_model(changed_ + std::chrono::seconds(1));
  EXPECT_THROW(first_value(), Error);
}

TEST_F(CompiledNetworks, ThatAreTornOrDamagedAreMadeAnew) {
  const float value = first_value();
  ASSERT_EQ(kept().size(), 1u);
  const std::filesystem::path file = kept()[0];
  const auto size = std::filesystem::file_size(file);
  for (const auto& spoil : std::vector<std::function<void()>>{
           [&] { std::filesystem::resize_file(file, size / 2); },
           [&] { std::filesystem::resize_file(file, 3); },
           [&] { std::filesystem::resize_file(file, 0); },
           [&] {  // the length at its end still tells the truth
             std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
             bytes << std::string(4096, 'x');
           }}) {
    spoil();
    EXPECT_EQ(first_value(), value);
    EXPECT_EQ(kept(), std::vector{file});
    EXPECT_GT(std::filesystem::file_size(file), size * 9 / 10);  // names in it vary a little
    std::string begin(4, ' ');
    std::ifstream(file, std::ios::binary).read(begin.data(), 4);
    EXPECT_NE(begin, "xxxx");
  }
}

TEST_F(CompiledNetworks, ThatCannotBeKeptAreStillRun) {
  const float value = first_value();
  std::filesystem::remove_all(folder_ / "cache");
  std::ofstream(folder_ / "cache") << "a file where the folder should be";
  EXPECT_EQ(first_value(), value);
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
