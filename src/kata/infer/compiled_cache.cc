// SPDX-License-Identifier: Apache-2.0
#include "kata/infer/compiled_cache.h"

#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <exception>
#include <fstream>
#include <openvino/openvino.hpp>
#include <system_error>

namespace kata {
namespace {

namespace fs = std::filesystem;

/// FNV-1a of 64 bits, in hexadecimal: the same in every run and build.
std::string fingerprint(const std::string& text) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4)
    *digit = "0123456789abcdef"[hash & 15];
  return digits;
}

/// A file ends with the number of bytes before: one that was torn is known before it is mapped.
using Length = std::uint64_t;

std::optional<Length> whole_length(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  Length told = 0;
  file.seekg(-static_cast<std::streamoff>(sizeof told), std::ios::end);
  const auto before = static_cast<Length>(file.tellg());
  file.read(reinterpret_cast<char*>(&told), sizeof told);
  if (!file || told != before || told == 0) return std::nullopt;
  return told;
}

/// Unlike any other in the folder, of this process or another.
fs::path temporary_name(const fs::path& path) {
  static std::atomic<unsigned> count = 0;
  return path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(count++);
}

}  // namespace

CompiledCache::CompiledCache(const fs::path& folder) {
  if (folder.empty()) return;
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (!failed) folder_ = folder;
}

fs::path CompiledCache::place(const fs::path& model_file, const std::string& how) const {
  std::error_code failed;
  const auto size = fs::file_size(model_file, failed);
  const auto changed = fs::last_write_time(model_file, failed).time_since_epoch().count();
  if (folder_.empty() || failed) return {};
  const std::string key = std::to_string(size) + " " + std::to_string(changed) + " " +
                          ov::get_openvino_version().buildNumber + " " + how;
  return folder_ / (model_file.stem().string() + "-" + fingerprint(key) + ".network");
}

std::optional<ov::CompiledModel> CompiledCache::find(ov::Core& core, const fs::path& model_file,
                                                     const std::string& how,
                                                     const ov::AnyMap& properties) const {
  const fs::path path = place(model_file, how);
  const auto length = path.empty() ? std::nullopt : whole_length(path);
  if (!length) return std::nullopt;
  try {
    const ov::PartialShape shape{static_cast<ov::Dimension::value_type>(*length)};
    return core.import_model(ov::read_tensor_data(path, ov::element::u8, shape), "CPU", properties);
  } catch (const std::exception&) {
    return std::nullopt;  // of another OpenVINO, or damaged: it is compiled and kept anew
  }
}

void CompiledCache::keep(ov::CompiledModel& compiled, const fs::path& model_file,
                         const std::string& how) const {
  const fs::path path = place(model_file, how);
  if (path.empty()) return;
  const fs::path temporary = temporary_name(path);
  std::error_code failed;
  try {
    std::ofstream file(temporary, std::ios::binary);
    compiled.export_model(file);
    file.seekp(0, std::ios::end);  // it goes back to what it could not know at first
    const auto length = static_cast<Length>(file.tellp());
    file.write(reinterpret_cast<const char*>(&length), sizeof length);
    file.close();
    if (file) fs::rename(temporary, path, failed);
  } catch (const std::exception&) {
    // Nothing is kept, then.
  }
  fs::remove(temporary, failed);
}

}  // namespace kata
