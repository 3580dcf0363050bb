// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace ov {
class Any;
class CompiledModel;
class Core;
}  // namespace ov

namespace kata {

/// Compiled networks between runs, a file each, so that a start neither reads nor compiles a model.
///
/// OpenVINO's own cache must read a model first whenever it is not compiled as it lies in its file.
/// A cache that cannot be read or written only costs time: nothing here throws.
class CompiledCache {
 public:
  CompiledCache() = default;  ///< keeps nothing
  /// Keeps its files in `folder`, which it makes where needed; an empty path keeps nothing.
  explicit CompiledCache(const std::filesystem::path& folder);

  /// What was kept of `model_file` as it is now (name, size, time of its last change) and of
  /// `how`, which says all else that the compiled network depends on; nothing otherwise.
  std::optional<ov::CompiledModel> find(ov::Core& core, const std::filesystem::path& model_file,
                                        const std::string& how,
                                        const std::map<std::string, ov::Any>& properties) const;
  void keep(ov::CompiledModel& compiled, const std::filesystem::path& model_file,
            const std::string& how) const;

 private:
  std::filesystem::path place(const std::filesystem::path& model_file,
                              const std::string& how) const;

  std::filesystem::path folder_;
};

}  // namespace kata
