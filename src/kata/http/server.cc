// SPDX-License-Identifier: Apache-2.0
#include "kata/http/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "kata/core/error.h"
#include "kata/http/kept_secrets.h"
#include "kata/http/own_names.h"
#include "kata/http/start_connection.ipp"

namespace kata {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::size_t kWorkers = 3;
constexpr std::size_t kMostWaitingRequests = 128;
constexpr std::chrono::seconds kGoodbye{3};
constexpr std::chrono::seconds kLook{1};

tcp::acceptor listen(asio::io_context& io, const ServerOptions& options) {
  const auto address =
      options.is_lan ? asio::ip::address_v4::any() : asio::ip::address_v4::loopback();
  tcp::acceptor acceptor(io);
  const tcp::endpoint endpoint(address, options.port);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(asio::socket_base::reuse_address(true));
  boost::system::error_code error;
  acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    throw Error(ErrorCode::kUnavailable, "port " + std::to_string(options.port) +
                                             " cannot be opened (" + error.message() +
                                             "); choose another with --port");
  }
  return acceptor;
}

/// What may change while a server of the local network runs: it moves to another network, or
/// started before there was one.
std::vector<std::string> names_now() {
  std::vector<std::string> names = own_host_names();
  for (std::string& address : own_addresses()) names.push_back(std::move(address));
  return names;
}

}  // namespace

struct Server::Impl {
  Impl(const ServerOptions& chosen, LandmarkerPool::Maker maker)
      : options(chosen),
        studio(options.folder, options.is_read_only),
        pool(std::move(maker), options.most_learners),
        training(studio),
        acceptor(listen(io, options)),
        workers(kWorkers, kMostWaitingRequests) {
    if (options.camera) camera.emplace(options.camera);
    // NOLINTNEXTLINE(modernize-make-unique): an aggregate that cannot be moved
    state.reset(new ServerState{
        {studio, training, pool, metrics, options.version, options.is_lan,
         camera ? &*camera : nullptr},
        Gatekeeper(OwnNames(options.host_names, options.is_lan ? names_now : OwnNames::Now{}),
                   options.is_lan ? "https" : "http",
                   options.is_lan ? kept_token(options.state_folder, options.with_new_token) : ""),
        workers,
        LiveLines(
            studio, pool, metrics,
            [this](std::function<void()> work) { asio::post(io, std::move(work)); },
            [this](std::shared_ptr<LiveDesk> desk) {
              workers.post([desk = std::move(desk)]() mutable { desk.reset(); });
            }),
        {}});
    state->head_patience = options.head_patience;
    state->body_patience = options.body_patience;
    if (options.is_lan) use_certificate();
  }

  void use_certificate() {
    std::vector<std::string> names = {"localhost"};
    for (std::string& name : own_host_names()) names.push_back(std::move(name));
    std::vector<std::string> addresses = own_addresses();
    addresses.emplace_back("127.0.0.1");
    const Certificate certificate = kept_certificate(options.state_folder, names, addresses);
    secure.use_certificate_chain(asio::buffer(certificate.chain));
    secure.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
  }

  void look_after_lines() {
    lines_timer.expires_after(kLook);
    lines_timer.async_wait([this](boost::system::error_code stopped) {
      if (stopped || state->is_closing) return;
      state->lines.look(std::chrono::steady_clock::now());
      look_after_lines();
    });
  }

  void accept() {
    acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted || state->is_closing) return;
      if (error) {  // out of file handles: wait until some are free again
        retry.expires_after(std::chrono::milliseconds(100));
        retry.async_wait([this](boost::system::error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      welcome(std::move(socket));
      accept();
    });
  }

  void welcome(tcp::socket socket) {
    if (state->open.size() >= static_cast<std::size_t>(kMostConnections)) {
      ++metrics.refused_connections;
      return;
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (options.is_lan) {
      start_secure_connection(std::move(socket), secure, *state);
    } else {
      start_plain_connection(std::move(socket), *state);
    }
  }

  void close() {
    state->is_closing = true;
    acceptor.close();
    retry.cancel();
    const std::vector<Closable*> open(state->open.begin(), state->open.end());
    for (Closable* connection : open) connection->close();
    lines_timer.cancel();
    state->lines.clear();
    goodbye.expires_after(kGoodbye);
    goodbye.async_wait([this](boost::system::error_code) { io.stop(); });
    poll_end();
  }

  /// Ends as soon as the last connection has gone, without waiting out the goodbye.
  void poll_end() {
    if (state->open.empty()) {
      io.stop();
      return;
    }
    retry.expires_after(std::chrono::milliseconds(20));
    retry.async_wait([this](boost::system::error_code) { poll_end(); });
  }

  ServerOptions options;
  Metrics metrics;
  Studio studio;
  LandmarkerPool pool;
  TrainingDesk training;
  std::optional<CameraDesk> camera;
  std::unique_ptr<ServerState> state;  // outlives the connections, which die with `io`
  asio::io_context io{1};
  asio::ssl::context secure{asio::ssl::context::tls_server};
  tcp::acceptor acceptor;
  asio::steady_timer retry{io};
  asio::steady_timer goodbye{io};
  asio::steady_timer lines_timer{io};
  Workers workers;  // last: its threads end first
};

Server::Server(const ServerOptions& options, LandmarkerPool::Maker maker)
    : impl_(std::make_unique<Impl>(options, std::move(maker))) {}

Server::~Server() = default;

std::uint16_t Server::port() const { return impl_->acceptor.local_endpoint().port(); }

std::string Server::address() const {
  const std::string port_text = std::to_string(port());
  if (!impl_->options.is_lan) return "http://localhost:" + port_text + "/";
  const std::vector<std::string> addresses = own_addresses();
  const std::string host = addresses.empty() ? "localhost" : addresses.front();
  return "https://" + host + ":" + port_text + "/?token=" + impl_->state->gate.token();
}

int Server::recovered() const { return impl_->studio.recovered(); }

void Server::run(const std::stop_token& stop) {
  const std::stop_callback on_stop(stop,
                                   [this] { asio::post(impl_->io, [this] { impl_->close(); }); });
  impl_->workers.post([this] { impl_->pool.warm_up(); });
  impl_->accept();
  impl_->look_after_lines();
  impl_->io.run();
}

}  // namespace kata
