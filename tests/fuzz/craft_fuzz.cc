// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "kata/core/error.h"
#include "kata/craft/craft.h"
#include "kata/craft/craft_json.h"

namespace {

namespace fs = std::filesystem;

const fs::path& fuzz_path() {
  static const fs::path path =
      fs::temp_directory_path() / ("kata-fuzz-" + std::to_string(::getpid()) + ".kata");
  return path;
}

void read_everything(const kata::Craft& craft) {
  kata::craft_json(craft);
  for (const kata::Take& take : craft.takes()) craft.recorded(take.id);
  craft.imports();
  for (const kata::MovementSummary& movement : craft.movements()) craft.preview(movement.name);
  for (const kata::RepetitionSummary& summary : craft.summaries(true)) {
    craft.repetition(summary.id);
    craft.original_numbers(summary.id);
  }
  craft.repetitions();
}

void open_and_use(kata::Craft::Access access) {
  try {
    kata::Craft craft = kata::Craft::open(fuzz_path(), access);
    if (access == kata::Craft::Access::kWrite) craft.add_take({});
    read_everything(craft);
  } catch (const kata::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(fuzz_path(), std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  open_and_use(kata::Craft::Access::kRead);
  open_and_use(kata::Craft::Access::kWrite);
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    fs::remove(fuzz_path().string() + ending, ignored);
  }
  return 0;
}
