// SPDX-License-Identifier: Apache-2.0
#include "kata/wire/routes.h"

#include <charconv>
#include <utility>

#include "kata/core/error.h"
#include "kata/session/incoming_craft.h"
#include "kata/wire/download_name.h"
#include "kata/wire/messages.h"

namespace kata {
namespace {

using Path = std::vector<std::string>;

HttpResponse json_response(std::string body, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

HttpResponse no_content() { return json_response("", 204); }

HttpResponse text_response(std::string body) {
  HttpResponse response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = std::move(body);
  return response;
}

std::int64_t number_from(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error(ErrorCode::kNotFound, "there is no such repetition or take");
  }
  return value;
}

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return 400;
    case ErrorCode::kNotFound:
      return 404;
    case ErrorCode::kUnavailable:
      return 409;
    case ErrorCode::kUnsupported:
    case ErrorCode::kCorrupt:
    case ErrorCode::kNotEnough:
      return 422;
    case ErrorCode::kIo:
    case ErrorCode::kCancelled:
      return 500;
  }
  return 500;
}

HttpResponse file_response(CraftFile file) {
  HttpResponse response;
  response.content_type = "application/octet-stream";
  response.headers.emplace_back("Content-Disposition", attachment_named(file.name));
  response.file = std::move(file.path);
  response.keep = std::move(file.keep);
  return response;
}

HttpResponse status_response(const Service& service) {
  return json_response("{\"version\":\"" + service.version +
                       "\",\"read_only\":" + (service.studio.is_read_only() ? "true" : "false") +
                       ",\"lan\":" + (service.is_lan ? "true" : "false") +
                       ",\"free_places\":" + std::to_string(service.pool.free_places()) +
                       ",\"recovered\":" + std::to_string(service.studio.recovered()) +
                       ",\"largest_import\":" + std::to_string(kLargestImport) +
                       ",\"camera\":" + (service.camera != nullptr ? "true" : "false") + "}");
}

struct NotAllowed {};
struct NoRoute {};

HttpResponse answer_repetition(const Service& service, const HttpRequest& request) {
  const Path& path = request.path;
  const std::string& id = path[2];
  const std::int64_t repetition = number_from(path[4]);
  Studio& studio = service.studio;
  if (path.size() == 5) {
    if (request.method == "GET") return json_response(to_json(studio.repetition(id, repetition)));
    if (request.method == "PATCH") {
      const LabelChange change = label_from_json(request.body);
      if (change.label) studio.relabel(id, repetition, *change.label, change.mistake);
      if (change.person) studio.set_person(id, repetition, *change.person);
      return no_content();
    }
    if (request.method == "DELETE") {
      studio.remove_repetition(id, repetition);
      return no_content();
    }
    throw NotAllowed{};
  }
  if (path.size() == 6 && path[5] == "restore") {
    if (request.method != "POST") throw NotAllowed{};
    studio.restore_repetition(id, repetition);
    return no_content();
  }
  if (path.size() == 6 && path[5] == "edges") {
    if (request.method != "PUT") throw NotAllowed{};
    const EdgeChange change = edges_from_json(request.body);
    return json_response(to_json(studio.move_edges(id, repetition, change.start, change.end)));
  }
  throw NoRoute{};
}

/// The name of the craft's movement of that number; names are free texts, so they are no part of
/// addresses.
std::string movement_name(const Service& service, const std::string& id, std::int64_t number) {
  std::vector<MovementCard> movements = service.studio.card(id).movements;
  if (number < 0 || number >= static_cast<std::int64_t>(movements.size())) {
    throw Error(ErrorCode::kNotFound, "there is no such movement");
  }
  return std::move(movements[static_cast<std::size_t>(number)].name);
}

HttpResponse answer_preview(const Service& service, const HttpRequest& request) {
  if (request.method != "GET") throw NotAllowed{};
  const std::string& id = request.path[2];
  PreviewVideo video =
      service.studio.preview_video(id, movement_name(service, id, number_from(request.path[4])));
  HttpResponse response;
  response.content_type = std::move(video.media_type);
  response.body = std::move(video.bytes);
  return response;
}

HttpResponse answer_movements(const Service& service, const HttpRequest& request) {
  const std::string& id = request.path[2];
  if (request.path.size() == 4) {
    if (request.method != "POST") throw NotAllowed{};
    return json_response(to_json(service.studio.add_movement(id, name_from_json(request.body))),
                         201);
  }
  if (request.method != "PATCH") throw NotAllowed{};
  const std::string from = movement_name(service, id, number_from(request.path[4]));
  return json_response(
      to_json(service.studio.rename_movement(id, from, name_from_json(request.body))));
}

HttpResponse answer_training(const Service& service, const HttpRequest& request) {
  const std::string& id = request.path[2];
  if (request.method == "POST") {
    service.training.start(id);
    return json_response(to_json(service.training.state(id)), 202);
  }
  if (request.method == "GET") return json_response(to_json(service.training.state(id)));
  if (request.method == "DELETE") {
    service.training.stop(id);
    return no_content();
  }
  throw NotAllowed{};
}

HttpResponse answer_craft(const Service& service, const HttpRequest& request) {
  const Path& path = request.path;
  const std::string& id = path[2];
  Studio& studio = service.studio;
  if (path.size() == 3) {
    if (request.method == "GET") return json_response(to_json(studio.detail(id)));
    if (request.method == "PATCH") {
      return json_response(
          to_json(studio.retitle(id, title_from_json(request.body, studio.card(id).title))));
    }
    if (request.method == "DELETE") {
      studio.remove(id);
      return no_content();
    }
    throw NotAllowed{};
  }
  const std::string& part = path[3];
  if (path.size() >= 5 && part == "repetitions") return answer_repetition(service, request);
  if (path.size() == 5 && part == "takes") {
    if (request.method != "GET") throw NotAllowed{};
    return json_response(to_json(studio.take(id, number_from(path[4]))));
  }
  if (path.size() == 5 && part == "previews") return answer_preview(service, request);
  if (path.size() <= 5 && part == "movements") return answer_movements(service, request);
  if (path.size() != 4) throw NoRoute{};
  if (part == "training") return answer_training(service, request);
  if (part == "file") {
    if (request.method != "GET") throw NotAllowed{};
    return file_response(studio.file(id));
  }
  if (part == "duplicate" || part == "restore") {
    if (request.method != "POST") throw NotAllowed{};
    return part == "duplicate" ? json_response(to_json(studio.duplicate(id)), 201)
                               : json_response(to_json(studio.restore(id)));
  }
  throw NoRoute{};
}

HttpResponse answer_api(const Service& service, const HttpRequest& request) {
  const Path& path = request.path;
  const std::string& method = request.method;
  if (path == Path{"healthz"}) return method == "GET" ? text_response("ok\n") : throw NotAllowed{};
  if (path == Path{"metrics"})
    return method == "GET" ? text_response(service.metrics.text()) : throw NotAllowed{};
  if (path == Path{"api", "status"})
    return method == "GET" ? status_response(service) : throw NotAllowed{};
  if (path == Path{"api", "crafts"}) {
    if (method == "GET")
      return json_response(to_json(service.studio.cards(), service.studio.removed()));
    if (method == "POST")
      return json_response(to_json(service.studio.make(title_from_json(request.body, {}),
                                                       movements_from_json(request.body))),
                           201);
    throw NotAllowed{};
  }
  if (takes_file(request)) throw NotAllowed{};  // what is sent there is a CraftImport
  if (path.size() >= 3 && path[0] == "api" && path[1] == "crafts")
    return answer_craft(service, request);
  throw NoRoute{};
}

bool has_wrong_type(const HttpRequest& request) {
  if (request.body.empty() || takes_file(request)) return false;
  return !request.content_type.starts_with("application/json");
}

}  // namespace

bool takes_file(const HttpRequest& request) {
  return request.path == Path{"api", "crafts", "import"};
}

HttpResponse error_response(int status, std::string_view code, std::string_view text) {
  return json_response(error_json(code, text), status);
}

HttpResponse read_only_response() {
  return error_response(403, "read_only",
                        "this studio is for learning only; nothing can be changed here");
}

HttpResponse guarded(const std::function<HttpResponse()>& work) {
  try {
    return work();
  } catch (const NotAllowed&) {
    return error_response(405, "method", "this cannot be done there");
  } catch (const NoRoute&) {
    return error_response(404, "not_found", "there is nothing at this address");
  } catch (const Error& error) {
    HttpResponse response =
        error_response(status_of(error.code()), code_name(error.code()), public_text(error));
    if (error.code() == ErrorCode::kIo || error.code() == ErrorCode::kCorrupt)
      response.trouble = error.what();
    return response;
  } catch (const std::exception& error) {
    HttpResponse response =
        error_response(500, "failed", "that did not work; the program's log says why");
    response.trouble = std::string("a request failed: ") + error.what();
    return response;
  }
}

HttpResponse answer(const Service& service, const HttpRequest& request) {
  const bool changes = request.method != "GET" && request.method != "HEAD";
  if (changes && service.studio.is_read_only()) return read_only_response();
  if (has_wrong_type(request))
    return error_response(415, "type", "the body must be application/json");
  return guarded([&] { return answer_api(service, request); });
}

}  // namespace kata
