// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "kata/session/incoming_craft.h"
#include "kata/wire/http_message.h"
#include "kata/wire/routes.h"

namespace kata {

/// A craft file that a page sends, from the first piece to its card. For the workers' threads, one
/// call after the other.
class CraftImport {
 public:
  explicit CraftImport(const Service& service) : service_(service) {}

  /// An answer as soon as there is no use in sending more.
  std::optional<HttpResponse> add(std::span<const char> piece);
  /// All pieces are there: its card, or why not.
  HttpResponse finish();

 private:
  const Service& service_;
  std::unique_ptr<IncomingCraft> incoming_;
};

}  // namespace kata
