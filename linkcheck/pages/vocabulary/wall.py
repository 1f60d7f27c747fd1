"""Phrases of pages that stand before any content, by what they ask or say."""

from __future__ import annotations

from linkcheck.pages.vocabulary import phrases, words

AGE = phrases("""
age verification|age gate|age check|age confirmation|verify your age|confirm your age|age restricted|age restriction
|age-restricted content|adult content warning|adults only|content warning|are you over 18|are you over 21|are you 18
|are you 18 or older|are you 21 or older|are you at least 18 years old|are you of legal drinking age|are you of legal age
|altersprüfung|altersverifikation|alterskontrolle|altersnachweis|altersbestätigung|altersabfrage|bist du über 18
|bist du schon 18|sind sie über 18|sind sie mindestens 18|sind sie volljährig|bist du volljährig|nur für erwachsene
|bestätigen sie ihr alter
|vérification de l'âge|vérification d'âge|contrôle de l'âge|confirmation de l'âge|avez-vous plus de 18 ans
|avez-vous 18 ans|êtes-vous majeur|êtes-vous majeure|réservé aux adultes
|verificación de edad|comprobación de edad|confirmación de edad|confirma tu edad|confirme su edad|verifica tu edad
|eres mayor de edad|es usted mayor de edad|eres mayor de 18|solo para adultos
|verifica dell'età|verifica età|conferma la tua età|conferma età|sei maggiorenne|hai più di 18 anni|solo per adulti
|verificação de idade|confirmação de idade|confirme sua idade|confirme a sua idade|você tem mais de 18
|você é maior de idade|conteúdo adulto
|leeftijdscontrole|leeftijdsverificatie|leeftijdscheck|bevestig je leeftijd|bevestig uw leeftijd|ben je 18|bent u 18
|ben je ouder dan 18
|weryfikacja wieku|potwierdź swój wiek|potwierdź wiek|czy masz ukończone 18|czy masz 18 lat|tylko dla dorosłych
|подтверждение возраста|проверка возраста|подтвердите возраст|подтвердите свой возраст|вам есть 18|вам уже есть 18
|вам исполнилось 18|только для взрослых
|yaş doğrulama|yaşınızı doğrulayın|18 yaşından büyük müsünüz|ověření věku|je vám 18|ålderskontroll|är du över 18
|aldersbekræftelse|er du over 18|підтвердження віку
|年龄验证|年齡驗證|年龄确认|年齡確認|您是否年满18|您已年滿18|年齢確認|年齢認証|18歳以上ですか|20歳以上ですか
|성인 인증|성인인증|연령 확인|연령확인|나이 확인
""")
"""Titles of pages that ask for the visitor's age."""

AGE_SENTENCES = phrases("""
you must be 18|you must be 21|you must be 19|you must be 16|you must be at least 18|you must be at least 21
|you must be over 18|you must be over 21|must be 18 years|must be 21 years|must be at least 18 years|are you over 18
|are you over 21|are you 18 or older|are you 18 years|are you at least 18|are you at least 21|i am 18|i am over 18
|i am over 21|i am 21|yes, i am over|of legal drinking age|confirm your age|verify your age|verify that you are at least
|confirm that you are over|confirm that you are at least|only suitable for adults|enter your date of birth
|confirm your date of birth|enter your birth date
|sie müssen mindestens 18|du musst mindestens 18|sind sie über 18|bist du über 18|ich bin über 18|ich bin mindestens 18
|ich bin volljährig|bestätigen sie, dass sie mindestens 18|dass sie volljährig sind|bestätigen sie ihr alter
|bestätige dein alter
|vous devez avoir 18 ans|vous devez être majeur|vous devez avoir au moins 18|avoir plus de 18 ans|j'ai plus de 18 ans
|je suis majeur|je certifie avoir|confirmer votre âge
|debe ser mayor de|debes ser mayor de|debe tener al menos 18|soy mayor de edad|soy mayor de 18|confirma que eres mayor
|confirme que es mayor|confirme su edad|confirma tu edad
|devi essere maggiorenne|devi avere almeno 18|sono maggiorenne|ho più di 18 anni|dichiaro di essere maggiorenne
|você deve ter mais de 18|você precisa ter mais de 18|deve ter pelo menos 18|tenho mais de 18|sou maior de
|je moet minimaal 18|u moet minimaal 18|je moet 18 jaar|ik ben 18 jaar|ik ben ouder dan 18
|musisz mieć ukończone 18|mam ukończone 18|jestem pełnoletni|mam 18 lat
|вам должно быть 18|мне есть 18|мне уже есть 18|подтвердите, что вам
|18 yaşından büyük olmalısınız|18 yaşından büyüğüm|je mi více než 18|jag är över 18
|您必须年满18|您必須年滿18|我已年满18|我已年滿18|我已满18|未满18岁|18歳未満の方|18歳以上の方|20歳未満の方|18歳以上です
|만 19세 이상|만 18세 이상|19세 미만
""")

BROWSER = phrases("""
unsupported browser|browser not supported|your browser is not supported|your browser isn't supported
|browser unsupported|outdated browser|your browser is outdated|your browser is out of date|out-of-date browser
|update your browser|upgrade your browser|browser upgrade|browser upgrade required|browser update required
|browser not compatible|incompatible browser|browser compatibility issue|please use a different browser
|javascript required|javascript is required|javascript is disabled|enable javascript
|please enable javascript
|browser nicht unterstützt|nicht unterstützter browser|veralteter browser|ihr browser ist veraltet|dein browser ist veraltet
|ihr browser wird nicht unterstützt|dein browser wird nicht unterstützt|browser aktualisieren|javascript erforderlich
|javascript ist deaktiviert
|navigateur non supporté|navigateur non pris en charge|navigateur obsolète|navigateur incompatible
|votre navigateur est obsolète|votre navigateur n'est pas supporté|votre navigateur n'est pas pris en charge
|javascript désactivé
|navegador no compatible|navegador no soportado|navegador obsoleto|navegador desactualizado|su navegador no es compatible
|tu navegador no es compatible|browser non supportato|browser non compatibile|browser obsoleto
|il tuo browser non è supportato|navegador não suportado|navegador não compatível|navegador incompatível
|navegador desatualizado|seu navegador não é suportado
|browser niet ondersteund|verouderde browser|uw browser wordt niet ondersteund|je browser wordt niet ondersteund
|nieobsługiwana przeglądarka|przestarzała przeglądarka|twoja przeglądarka nie jest obsługiwana
|браузер не поддерживается|ваш браузер не поддерживается|ваш браузер устарел|устаревший браузер|обновите браузер
|неподдерживаемый браузер
|tarayıcınız desteklenmiyor|desteklenmeyen tarayıcı|nepodporovaný prohlížeč|webbläsaren stöds inte
|浏览器版本过低|浏览器不支持|不支持您的浏览器|不支持当前浏览器|请升级浏览器|请升级您的浏览器|瀏覽器版本過舊|不支援的瀏覽器
|対応していないブラウザ|サポートされていないブラウザ|ブラウザはサポートされていません|お使いのブラウザは対応していません
|非対応ブラウザ|지원하지 않는 브라우저|지원되지 않는 브라우저
""")
"""Titles of pages that refuse the visitor's browser."""

BROWSER_SENTENCES = phrases("""
your browser is not supported|your browser isn't supported|this browser is not supported|browser is no longer supported
|not support your browser|doesn't support your browser|does not support your browser|no longer support your browser
|no longer supports your browser|not support this browser|using an unsupported browser|using an outdated browser
|using an old browser|your browser is outdated|your browser is out of date|browser you are using is not supported
|browser you are using is no longer|please upgrade to a current version|please upgrade your browser
|please update your browser|upgrade to a modern browser|please use a modern browser|please use a supported browser
|please switch to a supported browser|please use a different browser
|ihr browser wird nicht unterstützt|dein browser wird nicht unterstützt|ihr browser ist veraltet|dein browser ist veraltet
|browser wird nicht mehr unterstützt|bitte aktualisieren sie ihren browser|bitte aktualisiere deinen browser
|bitte verwenden sie einen aktuellen browser
|votre navigateur n'est pas pris en charge|votre navigateur n'est pas supporté|votre navigateur n'est plus
|votre navigateur est obsolète|veuillez mettre à jour votre navigateur|mettez à jour votre navigateur
|utilisez un navigateur récent
|su navegador no es compatible|tu navegador no es compatible|su navegador está obsoleto|tu navegador está obsoleto
|actualice su navegador|actualiza tu navegador|il tuo browser non è supportato|il tuo browser è obsoleto
|aggiorna il tuo browser|seu navegador não é suportado|seu navegador não é compatível|seu navegador está desatualizado
|atualize seu navegador|atualize o seu navegador
|uw browser wordt niet ondersteund|je browser wordt niet ondersteund|uw browser is verouderd|je browser is verouderd
|twoja przeglądarka nie jest obsługiwana|twoja przeglądarka jest przestarzała|zaktualizuj przeglądarkę
|ваш браузер не поддерживается|ваш браузер устарел|обновите браузер|обновите свой браузер|tarayıcınız desteklenmiyor
|tarayıcınızı güncelleyin|不支持您的浏览器|浏览器版本过低|请升级浏览器|请升级您的浏览器|お使いのブラウザは対応して
|お使いのブラウザはサポート|ブラウザを更新|지원하지 않는 브라우저|브라우저를 업데이트
""")

COOKIES = phrases("""
cookies required|cookies are required|cookie required|enable cookies|please enable cookies|cookies disabled
|cookies are disabled|cookies not enabled|cookies are not enabled|cookie error|cookie check|cookie test
|cookies erforderlich|cookies aktivieren|bitte cookies aktivieren|cookies deaktiviert|cookies sind deaktiviert
|cookies requis|cookies désactivés|activer les cookies|activez les cookies|cookies requeridas|cookies desactivadas
|cookies deshabilitadas|habilitar cookies|active las cookies|cookie richiesti|cookie disabilitati|abilita i cookie
|cookies necessários|cookies desativados|habilite os cookies|ative os cookies|cookies vereist|cookies uitgeschakeld
|wymagane pliki cookie|włącz pliki cookie|включите cookie|включите cookies|cookie отключены|требуются cookie
|çerezleri etkinleştirin|请启用cookie|请开启cookie|需要启用cookie|クッキーを有効に|cookieを有効に|쿠키를 허용
""")
"""Titles of pages that demand cookies."""

COOKIES_SENTENCES = phrases("""
please enable cookies|you must enable cookies|you need to enable cookies|cookies must be enabled|cookies need to be enabled
|cookies are disabled|cookies to be enabled|your browser does not accept cookies|your browser doesn't accept cookies
|browser is not accepting cookies|browser isn't accepting cookies|browser must accept cookies|turn on cookies
|site requires cookies|website requires cookies|page requires cookies|cookies are required to
|bitte aktivieren sie cookies|cookies müssen aktiviert|cookies sind deaktiviert|akzeptiert keine cookies
|veuillez activer les cookies|les cookies sont désactivés|les cookies doivent être activés|n'accepte pas les cookies
|habilite las cookies|las cookies están desactivadas|debe habilitar las cookies|debes habilitar las cookies
|abilita i cookie|i cookie sono disabilitati|è necessario abilitare i cookie|habilite os cookies
|os cookies estão desativados|é necessário habilitar os cookies|cookies zijn uitgeschakeld|schakel cookies in
|włącz obsługę plików cookie|włącz obsługę cookies|необходимо включить cookie|необходимо включить cookies
|включите cookie|включите cookies|файлы cookie отключены|çerezleri etkinleştirin|请启用cookie|请启用 cookie|请开启cookie
|cookieを有効に|クッキーを有効に|cookieが無効|クッキーが無効|쿠키를 허용|쿠키를 사용하도록
""")

REGION = phrases("""
not available in your region|not available in your country|not available in your location|not available in your area
|not available in this country|not available in this region|unavailable in your region|unavailable in your country
|unavailable in your location|not accessible in your country|not accessible from your country
|isn't available in your country|isn't available in your region|blocked in your country|restricted in your country
|region blocked|region restricted|geo-blocked|geoblocked|geo-restricted|country blocked|currently unavailable in most
|unavailable in most european countries|unavailable to visitors from|not available to visitors from
|not available in the european|unavailable for visitors from
|in ihrem land nicht verfügbar|in deinem land nicht verfügbar|in ihrer region nicht verfügbar
|in deiner region nicht verfügbar|nicht in ihrem land verfügbar|nicht in deinem land verfügbar
|pas disponible dans votre pays|pas disponible dans votre région|indisponible dans votre pays
|indisponible dans votre région|pas accessible depuis votre pays
|no está disponible en su país|no está disponible en tu país|no está disponible en su región
|no está disponible en tu región|no disponible en su país|no disponible en tu país|no disponible en su región
|no disponible en tu región
|non disponibile nel tuo paese|non è disponibile nel tuo paese|non disponibile nella tua regione
|non è disponibile nella tua regione|não disponível em seu país|não está disponível em seu país
|não está disponível no seu país|não disponível no seu país|não está disponível na sua região
|não está disponível em sua região|indisponível no seu país|indisponível na sua região
|niet beschikbaar in uw land|niet beschikbaar in je land|niet beschikbaar in jouw land|niet beschikbaar in uw regio
|niet beschikbaar in je regio|niet beschikbaar in jouw regio
|niedostępna w twoim kraju|niedostępne w twoim kraju|niedostępny w twoim kraju|niedostępna w twoim regionie
|niedostępne w twoim regionie|nie jest dostępna w twoim kraju|nie jest dostępne w twoim kraju
|недоступен в вашей стране|недоступна в вашей стране|недоступно в вашей стране|недоступен в вашем регионе
|недоступна в вашем регионе|недоступно в вашем регионе|недоступен на территории
|ülkenizde kullanılamıyor|bölgenizde kullanılamıyor|ülkenizde mevcut değil|bölgenizde mevcut değil|není dostupný ve vaší zemi
|inte tillgänglig i ditt land|недоступний у вашій країні
|在您所在的地区不可用|您所在的地区无法|您所在的国家/地区|在您所在的国家|您所在地區無法|所在地区不可用
|お住まいの地域ではご利用|お住まいの国ではご利用|お住まいの地域では利用|この地域ではご利用|この地域では利用できません
|해당 국가에서는|해당 지역에서는 이용|거주 국가에서는|귀하의 지역에서는
""")
"""Phrases of pages that refuse the visitor's country, in titles and texts."""

QUEUE = phrases("""
waiting room|virtual waiting room|you are in line|you are now in line|you're in line|you are in the queue
|you are now in the queue|you're in the queue|you are in a queue|virtual queue|queue-it|please wait in line
|warteraum|virtueller warteraum|virtuelle warteschlange|sie befinden sich in der warteschlange
|sie sind in der warteschlange|du bist in der warteschlange
|salle d'attente virtuelle|file d'attente virtuelle|vous êtes dans la file d'attente|vous êtes en file d'attente
|sala de espera virtual|estás en la fila|está en la cola|estás en la cola|está en la fila virtual
|sala d'attesa virtuale|sei in coda|sei in fila|você está na fila|fila virtual|está na fila de espera
|virtuele wachtkamer|virtuele wachtruimte|u staat in de wachtrij|je staat in de wachtrij|jesteś w kolejce
|wirtualna poczekalnia|вы в очереди|вы находитесь в очереди|виртуальная очередь|sanal bekleme odası|sıradasınız
|排队中|您正在排队|正在排队|虚拟等候室|等候室|順番待ち|待合室|仮想待合室|접속 대기|대기열|대기실
""")
"""Titles of waiting rooms."""

QUEUE_SENTENCES = phrases("""
you are now in line|you are in line|you are in the queue|you are now in the queue|you're in the queue|you are in a queue
|your place in line|your place in the queue|your number in line|your position in the queue|estimated wait time
|people ahead of you|users ahead of you|visitors ahead of you|virtual waiting room
|sie befinden sich in der warteschlange|sie sind in der warteschlange|ihr platz in der warteschlange
|ihre position in der warteschlange|geschätzte wartezeit|personen vor ihnen
|vous êtes dans la file d'attente|temps d'attente estimé|votre position dans la file|personnes devant vous
|tiempo de espera estimado|su lugar en la fila|tu lugar en la fila|personas delante de
|tempo di attesa stimato|la tua posizione in coda|tempo de espera estimado|sua posição na fila
|geschatte wachttijd|uw plaats in de wachtrij|je plaats in de wachtrij|szacowany czas oczekiwania|twoje miejsce w kolejce
|ваше место в очереди|ваш номер в очереди|время ожидания составит|перед вами в очереди|tahmini bekleme süresi
|预计等待时间|您的排队|前面还有|お待ちの人数|予想待ち時間|推定待ち時間|예상 대기 시간|대기 인원
""")

CONSENT = phrases("""
before you continue|before you continue to|we value your privacy|we care about your privacy|your privacy is important to us
|your privacy choices|cookie consent|cookie settings|cookie preferences|consent required|manage consent
|accept cookies to continue|privacy preferences
|bevor sie fortfahren|bevor du fortfährst|wir schätzen ihre privatsphäre|ihre privatsphäre ist uns wichtig
|deine privatsphäre ist uns wichtig|cookie-einstellungen|datenschutzeinstellungen|privatsphäre-einstellungen
|mit werbung weiterlesen|einwilligung erforderlich|cookie-hinweis
|avant de continuer|avant d'accéder|nous respectons votre vie privée|gérer les cookies|paramètres des cookies
|gestion du consentement|votre consentement
|antes de continuar|antes de ir a|valoramos su privacidad|valoramos tu privacidad|configuración de cookies
|aviso de cookies|prima di continuare|impostazioni cookie|impostazioni dei cookie|valorizamos sua privacidade
|configurações de cookies|definições de cookies
|voordat je verdergaat|voordat u verdergaat|cookie-instellingen|cookies accepteren|wij waarderen uw privacy
|zanim przejdziesz dalej|cenimy twoją prywatność|ustawienia plików cookie|прежде чем продолжить|настройки cookie
|согласие на использование cookie|devam etmeden önce|çerez ayarları|innan du fortsätter|než budete pokračovat
|在继续之前|cookie 设置|続行する前に|cookieの設定|계속하기 전에|쿠키 설정
""")
"""Titles of pages that ask for consent."""

CHOICE = phrases("""
select your country|select a country|choose your country|choose a country|select your region|choose your region
|select your country or region|select your country/region|choose your country or region|select your location
|choose your location|select your language|choose your language|select a language|choose a language|country selector
|country selection|region selector|language selector|select your site|change your location
|wählen sie ihr land|wähle dein land|land auswählen|länderauswahl|wählen sie ihre region|wählen sie ihren standort
|wählen sie ihre sprache|wähle deine sprache|sprache auswählen|sprache wählen|sprachauswahl
|choisissez votre pays|sélectionnez votre pays|choix du pays|choisissez votre région|choisissez votre langue
|sélectionnez votre langue|choix de la langue
|seleccione su país|selecciona tu país|elija su país|elige tu país|seleccione su idioma|selecciona tu idioma
|elija su idioma|elige tu idioma|seleccione su región
|scegli il tuo paese|seleziona il tuo paese|seleziona il paese|scegli la lingua|scegli la tua lingua|seleziona la lingua
|selecione seu país|selecione o seu país|escolha seu país|escolha o seu país|selecione seu idioma|selecione o idioma
|escolha seu idioma|escolha o idioma
|kies uw land|kies je land|selecteer uw land|selecteer je land|kies uw taal|kies je taal|wybierz kraj|wybierz swój kraj
|wybierz język|выберите страну|выберите язык|выберите регион|выберите вашу страну|выбор языка|выбор страны
|ülke seçin|ülkenizi seçin|dil seçin|dilinizi seçin|vyberte zemi|vyberte jazyk|välj land|välj språk|vælg land|vælg sprog
|选择国家|选择地区|选择语言|请选择国家|请选择语言|选择您的国家|选择您所在的|選擇國家|選擇語言|請選擇語言
|国を選択|地域を選択|言語を選択|国または地域を選択|国・地域を選択|국가 선택|언어 선택|국가를 선택|언어를 선택|지역을 선택
""")
"""Titles of pages that ask which country or language the visitor wants."""

MAINTENANCE = phrases("""
scheduled maintenance|planned maintenance|routine maintenance|under maintenance|site maintenance|website maintenance
|system maintenance|server maintenance|for maintenance|maintenance mode
|maintenance page|maintenance in progress|maintenance break|undergoing maintenance|in maintenance|ongoing maintenance
|we'll be back soon|we will be back soon|we'll be right back|we will be right back|be right back|be back soon|back soon
|we'll be back shortly|site temporarily unavailable|service temporarily unavailable|website temporarily unavailable
|is temporarily unavailable|temporarily offline|temporarily down|temporarily closed for maintenance
|wartungsarbeiten|wartungsmodus|im wartungsmodus|geplante wartung|wartung der website|wegen wartungsarbeiten
|wir sind gleich wieder da|gleich wieder da|bald wieder da|vorübergehend nicht verfügbar|vorübergehend nicht erreichbar
|vorübergehend offline|derzeit nicht erreichbar
|maintenance en cours|site en maintenance|en maintenance|en cours de maintenance|maintenance programmée
|maintenance planifiée|bientôt de retour|de retour bientôt|nous revenons bientôt|temporairement indisponible
|momentanément indisponible
|en mantenimiento|mantenimiento programado|sitio en mantenimiento|página en mantenimiento|mantenimiento del sitio
|volvemos pronto|volveremos pronto|volvemos enseguida|temporalmente no disponible|temporalmente fuera de servicio
|in manutenzione|sito in manutenzione|manutenzione programmata|manutenzione in corso|torniamo presto|torneremo presto
|temporaneamente non disponibile
|em manutenção|site em manutenção|manutenção programada|voltaremos em breve|voltamos em breve|voltamos já
|temporariamente indisponível
|gepland onderhoud|in onderhoud|onderhoudswerkzaamheden|site in onderhoud|onderhoudsmodus|we zijn zo terug
|tijdelijk niet beschikbaar|tijdelijk onbereikbaar|tijdelijk offline
|przerwa techniczna|prace konserwacyjne|przerwa konserwacyjna|tryb konserwacji|trwają prace techniczne|wrócimy wkrótce
|tymczasowo niedostępna|tymczasowo niedostępny
|технические работы|технических работ|ведутся технические работы|техническое обслуживание|сайт на обслуживании
|режим обслуживания|скоро вернемся|скоро вернёмся|временно недоступен|временно не работает
|bakım çalışması|bakım modu|site bakımda|bakımdayız|bakım nedeniyle|geçici olarak kullanılamıyor|probíhá údržba
|odstávka systému|underhåll pågår|under underhåll|vedligeholdelse i gang|технічні роботи|ведуться технічні роботи
|系统维护|网站维护|正在维护|站点维护|系统升级中|网站升级中|系統維護|網站維護|維護中|メンテナンス中|ただいまメンテナンス
|メンテナンスのお知らせ|システムメンテナンス|점검 중|점검중|시스템 점검|서비스 점검|서버 점검
""")
"""Titles of pages that say that the site is under maintenance."""

MAINTENANCE_SENTENCES = phrases("""
performing scheduled maintenance|performing maintenance|performing some maintenance|undergoing maintenance
|undergoing scheduled maintenance|undergoing routine maintenance|undergoing some maintenance|undergoing planned maintenance
|unavailable for scheduled maintenance|unavailable due to maintenance|unavailable due to scheduled maintenance
|down for scheduled maintenance|is down for maintenance|currently down for maintenance|offline for maintenance
|closed for maintenance|in maintenance mode
|is under maintenance|are under maintenance|currently under maintenance|will be back shortly|will be back soon
|we'll be back soon|we'll be back shortly|we'll be right back|back online shortly|back online soon
|upgrading our servers|upgrading our system
|wegen wartungsarbeiten|aufgrund von wartungsarbeiten|wartungsarbeiten durchgeführt|wartungsarbeiten durch
|finden wartungsarbeiten statt|im wartungsmodus|wird gerade gewartet|sind gleich wieder da|in kürze wieder
|bald wieder für sie da|wegen wartung
|est en maintenance|sommes en maintenance|actuellement en maintenance|en cours de maintenance
|opération de maintenance|opérations de maintenance|pour maintenance|de retour très bientôt|serons bientôt de retour
|está en mantenimiento|estamos en mantenimiento|tareas de mantenimiento|labores de mantenimiento|por mantenimiento
|estamos realizando mantenimiento|estaremos de vuelta
|è in manutenzione|siamo in manutenzione|attualmente in manutenzione|per manutenzione|lavori di manutenzione
|torneremo online|está em manutenção|estamos em manutenção|em manutenção programada|estaremos de volta
|voltaremos em breve|is in onderhoud|voor onderhoud|wegens onderhoud|onderhoud uitgevoerd|zijn zo terug
|trwają prace konserwacyjne|trwają prace techniczne|z powodu prac|przerwa techniczna|wkrótce wracamy
|ведутся технические работы|проводятся технические работы|в связи с техническими работами|на техническом обслуживании
|скоро всё заработает|bakım çalışması nedeniyle|bakım çalışmaları nedeniyle|bakım yapılmaktadır|z důvodu údržby
|probíhá údržba|系统正在维护|网站正在维护|正在进行维护|系统升级维护|系統維護中|メンテナンスを行って|メンテナンス中です
|メンテナンスのため|점검 중입니다|점검 작업|점검으로 인해
""")

WALL_FILLER = words("""
the a an this that our your you is are be to for of on in at and or we it's it please sorry oops welcome required page site
website web down offline closed unavailable
content service services access continue enter visit visitor visitors currently now here moment will soon back
notice information warning check country region language settings privacy cookies cookie browser age verification error
die der das diese dieser unser unsere ihre ihr ist sind wir zum zur im in auf und oder bitte seite website webseite zugang
hinweis derzeit aktuell willkommen
le la les cette ce notre votre est sont nous à au de du des et ou pour site page accès bienvenue actuellement
el los las esta este nuestro nuestra su tu es está son en y o para por favor sitio página acceso bienvenido actualmente
il lo questo nostro è sono di del per sito pagina benvenuto attualmente
o os as esta este nosso é são em do da para site página atualmente
de deze uw je is in op en of site website pagina welkom
ta ten nasza jest w na i strona serwis сайт на этот эта наш ваш и для добро пожаловать
bu site sayfa 本站 网站 网页 您 请 的 本 当前 サイト 当 この ご の は を に 사이트
""")
"""Words that may accompany them in a title."""
