"""Phrases of bot challenges, and of pages that refuse programs."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

CHECKING = phrases("""
just a moment|one moment, please|checking your browser|checking if the site connection is secure
|checking your connection
|verify you are human|verify that you are human|verify you are a human|verifying you are human|verify you're human
|verify you're a human
|verifying that you are human|verify your identity|confirm you are human|confirm you're human|are you human
|are you a human|are you a robot
|are you a human or a robot|prove you are human|prove that you are human|prove you're human|you are human|not a robot
|not a bot|you're not a bot
|making sure you're not a bot|human verification|bot verification|browser verification|security verification
|security check
|security checkpoint|verifying your browser|verifying your connection|verifying your identity
|performing security verification
|client challenge|robot challenge screen|robot check|captcha|captcha challenge|captcha required|recaptcha
|complete the captcha
|complete the security check|attention required|ddos protection|ddos-guard|anti-bot|antibot|bot protection
|pardon our interruption
|access to this page has been denied|please enable js and disable any ad blocker
|enable javascript and cookies to continue|unusual traffic
|javascript challenge|please wait while we check|please wait while we verify
|please wait while your request is being verified|validating|please wait|please stand by|one more step|hold tight
|type the characters|type the letters|enter the characters|enter the letters|type the text you see|enter the code shown
|click the button below to continue shopping|browser check|connection check|robot or human|i am human|i'm human
|validating your browser|loading challenge|complete this challenge|press & hold
|einen moment|nur einen moment|browser wird überprüft|ihr browser wird überprüft|überprüfung ihres browsers
|sicherheitsüberprüfung|sicherheitsabfrage
|bestätigen sie, dass sie ein mensch sind|dass sie ein mensch sind|sind sie ein mensch|sind sie ein roboter
|kein roboter|ich bin kein roboter
|verbindung wird überprüft|zugriff wird geprüft|menschliche überprüfung|bitte warten|browser wird geprüft
|ihr browser wird geprüft|prüfung ihres browsers|wir prüfen ihren browser|geben sie die zeichen|ein letzter schritt
|un instant|un instant…|vérification de votre navigateur|vérification de sécurité|vérifiez que vous êtes humain
|que vous êtes humain
|que vous êtes un humain|êtes-vous un robot|êtes-vous humain|pas un robot|contrôle de sécurité|vérification en cours
|veuillez patienter|merci de patienter|saisissez les caractères|encore une étape
|un momento|comprobando su navegador|comprobando tu navegador|verificando su navegador|verificando que eres humano
|que eres humano|que es humano
|verificación de seguridad|comprobación de seguridad|no eres un robot|no soy un robot|eres un robot|eres humano
|por favor espere|espere por favor|espere un momento|escriba los caracteres|introduzca los caracteres
|controllo del browser|verifica di sicurezza|verifica che tu sia umano|che sei umano|sei un robot|non sei un robot
|non sono un robot|controllo di sicurezza|attendere prego|verifica del browser|digita i caratteri
|um momento|só um momento|verificando seu navegador|verificando o navegador|verificação de segurança|que você é humano
|você é humano|não sou um robô
|você é um robô|não é um robô|aguarde um momento|por favor aguarde|por favor, aguarde|digite os caracteres
|een moment|even geduld|uw browser wordt gecontroleerd|je browser wordt gecontroleerd|beveiligingscontrole
|bent u een robot|geen robot|dat u een mens bent|even wachten|typ de tekens
|chwileczkę|sprawdzanie przeglądarki|sprawdzamy twoją przeglądarkę|weryfikacja bezpieczeństwa|nie jesteś robotem
|nie jestem robotem|czy jesteś człowiekiem|proszę czekać|wpisz znaki
|один момент|проверка браузера|проверка вашего браузера|проверяем браузер|проверка безопасности|вы не робот|я не робот
|не робот|вы человек|что вы человек
|подтвердите, что запросы отправляли вы, а не робот|проверка, что вы не робот|доступ ограничен
|пожалуйста, подождите|пожалуйста подождите|подождите|введите символы|введите код с картинки
|lütfen bekleyin|karakterleri girin
|bir dakika lütfen|az bekleyin|tarayıcınız kontrol ediliyor|güvenlik doğrulaması|güvenlik kontrolü|robot değilim
|robot olmadığınızı|insan olduğunuzu doğrulayın
|请稍候|正在检查您的浏览器|正在验证|安全验证|安全检查|人机验证|请完成验证|请完成安全验证|验证您是真人|滑动验证
|请稍等|请输入验证码|请输入图中|环境异常|访问验证|浏览器安全检查|正在进行安全验证|確認您是真人|請稍候
|機器人驗證|安全驗證
|しばらくお待ちください|ブラウザを確認しています|ブラウザーを確認しています|セキュリティ検証|セキュリティチェック
|画像の文字を入力|人間であることを確認|ロボットではありません|ロボットではないことを確認|あなたはロボットですか
|잠시만 기다리십시오|잠시만 기다려|브라우저를 확인|보안 확인|보안 검사|사람인지 확인|로봇이 아닙니다|로봇이 아님
|자동 등록 방지|기다려 주세요|문자를 입력
""")
"""Phrases of a check that is running or waits for the visitor."""

CHECKING_FILLER = words("""
a an the this that your you is are it its i i'm we we're to be of for before before accessing access website web site
page continue continuing
please wait while moment and or us help let oh sorry oops first just quick one more step needed required required.
secure security verification
verify verifying checking check browser connection request cloudflare vercel ddos-guard by enable javascript cookies
seconds few redirected
bitte warten sie ihren ihre ihr der die das wird werden dass sind und oder vor dem zugriff auf diese seite weiter
fortfahren
veuillez patienter votre vous que nous le la les pour continuer avant d'accéder por favor espere su tu antes de
continuar acceder al sitio
attendere prego il tuo prima di continuare aguarde o seu para antes continuar moment geduld aub proszę czekać
пожалуйста подождите мы проверяем
вы что ваш для продолжения lütfen bekleyin 请 您的 您 正在 进行 在 继续 之前 浏览器 连接 中 请稍等 以 して ください
いる 続行 する 前 に を 사이트 확인 하는 중
""")
"""Words that may accompany them."""

AUTOMATIC = phrases("""
this process is automatic|browser will redirect to your requested|browser will be redirected to your requested
|redirected to your requested content|redirected once the validation|redirected once the check|allow up to 5 seconds
|allow up to five seconds|take up to 5 seconds|take up to five seconds|takes a few seconds to verify
|dieser vorgang erfolgt automatisch|dieser vorgang läuft automatisch|dieser prozess läuft automatisch
|zur angeforderten seite weitergeleitet|bis zu 5 sekunden|bis zu fünf sekunden|dauert nur wenige sekunden
|ce processus est automatique|cette opération est automatique|redirigé vers le contenu demandé|jusqu'à 5 secondes
|jusqu'à cinq secondes
|este proceso es automático|redirigido al contenido solicitado|será redirigido en breve|hasta 5 segundos
|hasta cinco segundos
|questo processo è automatico|questa procedura è automatica|reindirizzato al contenuto richiesto|fino a 5 secondi
|este processo é automático|redirecionado para o conteúdo solicitado|até 5 segundos|até cinco segundos
|dit proces is automatisch|dit proces verloopt automatisch|doorgestuurd naar de gevraagde|tot 5 seconden
|ten proces jest automatyczny|ten proces przebiega automatycznie|do 5 sekund|przekierowana do żądanej
|этот процесс автоматический|это происходит автоматически|процесс выполняется автоматически|до 5 секунд|не более 5 секунд
|перенаправлены на запрошенную
|bu işlem otomatiktir|5 saniye kadar|5 saniye sürebilir|tento proces je automatický|až 5 sekund
|此过程是自动的|该过程是自动的|自动跳转到您请求的|最多5秒|5秒钟|此過程是自動的|このプロセスは自動|自動的にリダイレクト|5秒ほど|最大5秒
|이 과정은 자동|자동으로 이동|최대 5초|5초 정도
""")
"""Sentences of checks that run by themselves, such as the interstitials of five seconds."""

REFUSING = phrases("""
automated queries|automated requests|automated request|automated access|automated traffic|automated software
|automated scripts|automated means|automated scraping|unusual traffic|unusual activity|suspicious activity from your
|suspicious traffic|suspicious requests|malicious traffic|bot traffic|bots are not allowed|robots are not allowed
|crawlers are not allowed|crawling is not allowed|scraping is not allowed|bots are blocked|bot detected|robot detected
|detected as a bot|detected as a robot|identified as a bot|classified as a bot|look like a robot|look like a bot
|looks like a bot|you are a robot|you might be a robot|your ip has been blocked|your ip is blocked
|your ip address has been blocked|your ip address is blocked|your ip has been banned|your ip is banned
|your ip address has been banned|your ip address is banned|banned your ip|blocked your ip|banned your access
|banned your ip address|blocked your ip address|your network has been blocked|your user agent has been blocked
|your user-agent has been blocked|you have been blocked|you have been banned|request blocked|request was blocked
|request has been blocked|blocked your request|request is blocked|requested url was rejected|blocked by our firewall
|blocked by the firewall|blocked by a firewall|blocked by our security|too many requests from your
|automatisierte anfragen|automatisierter anfragen|automatisierte abfragen|automatisierter abfragen
|automatisierte zugriffe|automatisierter zugriff|automatisierten zugriff|automatisierter zugriffe
|ungewöhnlicher datenverkehr|ungewöhnlichen datenverkehr|ungewöhnliche aktivitäten|verdächtige aktivitäten
|verdächtigen datenverkehr|ihre ip-adresse wurde gesperrt|ihre ip wurde gesperrt|ihre ip-adresse ist gesperrt
|ihre ip-adresse wurde blockiert|ip-adresse wurde gesperrt|ip-adresse ist gesperrt|ihre anfrage wurde blockiert
|anfrage wurde blockiert|ihr zugriff wurde gesperrt|ihr zugriff wurde blockiert|bots sind nicht erlaubt
|zu viele anfragen von ihrer
|requêtes automatisées|requêtes automatiques|accès automatisé|accès automatisés|trafic inhabituel|trafic suspect
|activité suspecte|activité inhabituelle|votre adresse ip a été bloquée|votre ip a été bloquée|votre adresse ip est bloquée
|adresse ip bloquée|votre requête a été bloquée|requête bloquée|vous avez été bloqué|robots ne sont pas autorisés
|solicitudes automatizadas|consultas automatizadas|peticiones automatizadas|accesos automatizados|tráfico inusual
|tráfico sospechoso|actividad sospechosa|actividad inusual|su ip ha sido bloqueada|su dirección ip ha sido bloqueada
|tu ip ha sido bloqueada|tu dirección ip ha sido bloqueada|su solicitud ha sido bloqueada|solicitud bloqueada
|ha sido bloqueado por
|richieste automatiche|richieste automatizzate|accessi automatizzati|traffico insolito|traffico anomalo
|attività sospetta|il tuo indirizzo ip è stato bloccato|il tuo ip è stato bloccato|indirizzo ip bloccato
|la richiesta è stata bloccata|richiesta bloccata
|solicitações automatizadas|consultas automatizadas|requisições automatizadas|acessos automatizados
|pedidos automatizados|tráfego incomum|tráfego suspeito|atividade suspeita|seu ip foi bloqueado
|seu endereço ip foi bloqueado|o seu endereço ip foi bloqueado|sua solicitação foi bloqueada|requisição bloqueada
|geautomatiseerde verzoeken|geautomatiseerde aanvragen|geautomatiseerd verkeer|ongebruikelijk verkeer
|ongewoon verkeer|verdachte activiteit|uw ip-adres is geblokkeerd|je ip-adres is geblokkeerd
|uw verzoek is geblokkeerd
|zautomatyzowane zapytania|automatyczne zapytania|zautomatyzowany ruch|nietypowy ruch|podejrzany ruch
|podejrzaną aktywność|twój adres ip został zablokowany|twoje ip zostało zablokowane|żądanie zostało zablokowane
|автоматические запросы|автоматических запросов|автоматизированные запросы|автоматизированных запросов
|подозрительный трафик|подозрительная активность|подозрительную активность|необычный трафик|ваш ip заблокирован
|ваш ip-адрес заблокирован|ip-адрес заблокирован|запрос заблокирован|ваш запрос заблокирован
|похожи на автоматические
|otomatik istekler|otomatik sorgular|olağan dışı trafik|olağandışı trafik|şüpheli etkinlik|ip adresiniz engellendi
|ip adresiniz engellenmiştir|isteğiniz engellendi
|automatizované dotazy|neobvyklý provoz|vaše ip adresa byla zablokována|automatiserade förfrågningar|ovanlig trafik
|din ip-adress har blockerats|автоматичні запити|вашу ip-адресу заблоковано
|自动化请求|自动请求|自动访问|异常流量|异常访问|异常请求|访问异常|您的ip已被封禁|您的ip已被|ip已被禁止|ip地址已被|ip被封
|访问被拦截|请求被拦截|访问过于频繁|访问频率过高|請求被封鎖|異常流量|您的ip位址已被
|自動化されたリクエスト|自動化されたアクセス|自動リクエスト|自動アクセス|通常と異なるトラフィック|異常なトラフィック
|不審なアクセス|不正なアクセス|ipアドレスはブロック|ipアドレスがブロック|リクエストがブロック
|자동화된 요청|자동 요청|비정상적인 트래픽|비정상적인 접근|ip가 차단|ip 주소가 차단|요청이 차단|접속이 차단
""")
"""Phrases with which a server refuses programs, or the address that they come from."""

REFUSED = phrases("""
access denied|access blocked|access restricted|access to this page has been blocked|request rejected|request blocked|ip blocked
|ip address blocked|ip banned|blocked|you are blocked|you have been blocked|sorry, you have been blocked|robots not allowed
|zugriff verweigert|zugriff gesperrt|zugriff blockiert|anfrage blockiert|anfrage abgelehnt|ip gesperrt
|accès refusé|accès bloqué|requête bloquée|acceso denegado|acceso bloqueado|solicitud bloqueada|solicitud rechazada
|accesso negato|accesso bloccato|richiesta bloccata|acesso negado|acesso bloqueado|solicitação bloqueada
|toegang geweigerd|toegang geblokkeerd|dostęp zabroniony|dostęp zablokowany|dostęp odrzucony
|доступ запрещён|доступ запрещен|доступ заблокирован|запрос отклонён|запрос отклонен
|erişim engellendi|erişim reddedildi|přístup odepřen|åtkomst nekad
|访问被拒绝|拒绝访问|访问受限|存取被拒|アクセスが拒否されました|アクセス拒否|アクセスが制限されています
|접근 거부|접근이 거부되었습니다|접근이 차단되었습니다|접속이 차단되었습니다
""")
"""Titles of such pages."""
