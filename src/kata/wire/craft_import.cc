// SPDX-License-Identifier: Apache-2.0
#include "kata/wire/craft_import.h"

#include "kata/wire/messages.h"

namespace kata {

std::optional<HttpResponse> CraftImport::add(std::span<const char> piece) {
  if (service_.studio.is_read_only()) return read_only_response();
  HttpResponse response = guarded([&] {
    if (!incoming_) incoming_ = service_.studio.begin_import();
    incoming_->add(piece);
    return HttpResponse{};
  });
  if (response.status == 200) return std::nullopt;
  incoming_.reset();
  return response;
}

HttpResponse CraftImport::finish() {
  if (!incoming_) return error_response(400, "invalid", "the request holds no file");
  HttpResponse response = guarded([&] {
    HttpResponse made;
    made.status = 201;
    made.body = to_json(service_.studio.import(*incoming_));
    return made;
  });
  incoming_.reset();
  return response;
}

}  // namespace kata
