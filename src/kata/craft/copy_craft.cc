// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/copy_craft.h"

#include "kata/craft/migrations.h"

namespace kata {

void copy_craft(const std::filesystem::path& from, const std::filesystem::path& to) {
  translated(craft_kind(), from, [&] {
    sqlite::Database source = open_untrusted(from, sqlite::Open::kExisting);
    sqlite::Database copy = open_untrusted(to, sqlite::Open::kOrNew);
    sqlite::copy_all(source, copy);
    fold_into_one_file(copy);
  });
}

}  // namespace kata
