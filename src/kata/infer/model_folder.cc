// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/model_folder.h"

#include <array>
#include <cstdlib>
#include <string>
#include <system_error>

#include "kata/core/error.h"

namespace kata {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// Folders of the MediaPipe package that hold networks; models/models.json has the whole paths.
constexpr std::array<std::string_view, 7> kPackageFolders = {
    "pose_detection", "pose_landmark",  "holistic_landmark", "hand_landmark",
    "palm_detection", "face_detection", "face_landmark"};

}  // namespace

std::filesystem::path data_folder(std::string_view name, const std::filesystem::path& at_build) {
  std::error_code unknown;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unknown);
  const auto beside = program.parent_path().parent_path() / "share" / "kata" / name;
  const auto in_prefix = std::filesystem::path(KATA_INSTALLED_DIR) / name;
  for (const auto& folder : {beside, at_build, in_prefix}) {
    if (std::filesystem::is_directory(folder, unknown)) return folder;
  }
  return at_build;
}

std::filesystem::path model_folder(const std::filesystem::path& asked) {
  if (!asked.empty()) return asked;
  const std::string from_environment = environment("KATA_MODELS");
  if (!from_environment.empty()) return from_environment;
  return data_folder("models", KATA_MODELS_DIR);
}

std::filesystem::path model_file(const std::filesystem::path& folder, std::string_view name) {
  const std::string file_name = std::string(name) + ".tflite";
  if (std::filesystem::exists(folder / file_name)) return folder / file_name;
  for (const std::string_view package_folder : kPackageFolders) {
    const auto candidate = folder / "mediapipe" / "modules" / package_folder / file_name;
    if (std::filesystem::exists(candidate)) return candidate;
  }
  const auto optional = std::filesystem::path(KATA_MORE_MODELS_DIR) / "package" / file_name;
  if (folder == KATA_MODELS_DIR && std::filesystem::exists(optional)) return optional;
  throw Error(ErrorCode::kNotFound,
              "The network " + file_name +
                  " is missing. Run ./dev setup, which fetches the networks, or set KATA_MODELS to "
                  "the folder that holds it. Looked in: " +
                  folder.string());
}

std::filesystem::path compiled_network_folder() {
  const std::string own = environment("KATA_CACHE");
  if (!own.empty()) return std::filesystem::path(own) / "compiled";
  const std::string desktop = environment("XDG_CACHE_HOME");
  if (!desktop.empty()) return std::filesystem::path(desktop) / "kata" / "compiled";
  const std::string home = environment("HOME");
  if (!home.empty()) return std::filesystem::path(home) / ".cache" / "kata" / "compiled";
  return {};
}

}  // namespace kata
